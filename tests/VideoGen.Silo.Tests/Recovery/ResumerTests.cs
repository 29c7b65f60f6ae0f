using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using VideoGen.Grains.Contracts;
using VideoGen.Silo.Recovery;

namespace VideoGen.Silo.Tests.Recovery;

public sealed class ResumerTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_call_that_can_not_be_placed_is_left_to_the_reminder_and_the_next_one_is_made()
    {
        var called = new TaskCompletionSource();
        var grain = DispatchProxy.Create<IGenerationGrain, Calls>();
        ((Calls)grain).Answer = () => Task.FromResult(called.TrySetResult());
        var unreachable = DispatchProxy.Create<IGenerationGrain, Calls>();
        ((Calls)unreachable).Answer = () =>
            Task.FromException<bool>(new OperationCanceledException("Message expired before placement"));
        var grains = DispatchProxy.Create<IGrainFactory, Calls>();
        ((Calls)grains).Find = id => id == "unreachable" ? unreachable : grain;
        using var resumer = new Resumer(grains, TimeProvider.System, NullLogger<Resumer>.Instance);
        await resumer.StartAsync(CancellationToken.None);

        resumer.Enqueue("unreachable");
        resumer.Enqueue("reachable");

        await Task.WhenAny(called.Task, resumer.ExecuteTask!).WaitAsync(Deadline);
        Assert.True(called.Task.IsCompletedSuccessfully);
        await resumer.StopAsync(CancellationToken.None);
    }

    /// <summary>Stands in for a grain, and for the factory that finds it.</summary>
    public class Calls : DispatchProxy
    {
        public Func<Task<bool>>? Answer { get; set; }

        public Func<string, IGenerationGrain>? Find { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            Find is { } find ? find((string)args![0]!) : Answer!();
    }
}
