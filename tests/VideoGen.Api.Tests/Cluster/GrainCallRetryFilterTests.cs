using System.Reflection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Serialization.Invocation;
using VideoGen.Api.Cluster;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;

namespace VideoGen.Api.Tests.Cluster;

public sealed class GrainCallRetryFilterTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(typeof(IGenerationGrain), nameof(IGenerationGrain.GetAsync))]
    [InlineData(typeof(IGenerationGrain), nameof(IGenerationGrain.GetLogAsync))]
    [InlineData(typeof(IGenerationGrain), nameof(IGenerationGrain.SubmitAsync))]
    [InlineData(typeof(IIdempotencyGrain), nameof(IIdempotencyGrain.FindAsync))]
    [InlineData(typeof(IIdempotencyGrain), nameof(IIdempotencyGrain.SubmitAsAsync))]
    public async Task A_call_that_may_be_repeated_is_when_its_answer_was_lost_until_it_is_answered(Type grain, string method)
    {
        var call = new Call(grain.GetMethod(method)!, new SiloUnavailableException(), new TimeoutException());

        await EndAsync(call);

        Assert.Equal([false, true, true], call.Repetitions);
        Assert.Null(call.Response!.Exception);
        Assert.False(Repetition.IsLikely);
    }

    [Fact]
    public async Task An_answer_that_is_lost_again_and_again_ends_as_that_before_the_client_gives_up()
    {
        var call = new Call(nameof(IGenerationGrain.GetAsync), [.. Enumerable.Repeat(new TimeoutException(), 100)]);

        await Assert.ThrowsAsync<TimeoutException>(() => EndAsync(call));

        Assert.InRange(_time.GetUtcNow() - _time.Start, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task What_may_not_be_repeated_is_asked_once()
    {
        var call = new Call(nameof(IGenerationGrain.RetryAsync), new SiloUnavailableException());

        await Assert.ThrowsAsync<SiloUnavailableException>(() => EndAsync(call));

        Assert.Equal(1, call.Tries);
    }

    [Fact]
    public async Task What_no_grain_was_reached_with_is_asked_again_whatever_it_is()
    {
        var call = new Call(nameof(IGenerationGrain.RetryAsync), Rejection());

        await EndAsync(call);

        Assert.Equal(2, call.Tries);
    }

    [Fact]
    public async Task The_failure_of_a_grain_is_an_answer()
    {
        var call = new Call(nameof(IGenerationGrain.GetAsync), new InvalidOperationException());

        await Assert.ThrowsAsync<InvalidOperationException>(() => EndAsync(call));

        Assert.Equal(1, call.Tries);
    }

    /// <summary>Orleans makes it, and lets nobody else.</summary>
    private static OrleansMessageRejectionException Rejection() => (OrleansMessageRejectionException)Activator.CreateInstance(
        typeof(OrleansMessageRejectionException), BindingFlags.Instance | BindingFlags.NonPublic, null, ["leaving"], null)!;

    /// <summary>
    /// Lets time pass until the call has ended. Without a context the filter goes on inside of each step of the clock.
    /// </summary>
    private async Task EndAsync(Call call)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        var running = new GrainCallRetryFilter(_time).Invoke(call);
        SynchronizationContext.SetSynchronizationContext(context);
        while (!running.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(0.1));
        }

        await running;
    }

    /// <summary>A call that is lost with these exceptions, one after the other, and then answered.</summary>
    private sealed class Call(MethodInfo method, params Exception[] losses) : IOutgoingGrainCallContext
    {
        public Call(string method, params Exception[] losses) : this(typeof(IGenerationGrain).GetMethod(method)!, losses)
        {
        }

        public int Tries => Repetitions.Count;

        /// <summary>Of each try, whether it was marked as one that repeats another.</summary>
        public List<bool> Repetitions { get; } = [];

        public MethodInfo InterfaceMethod => method;

        public Response? Response { get; set; }

        public IInvokable Request => throw new NotSupportedException();

        public object Grain => throw new NotSupportedException();

        public GrainId? SourceId => null;

        public GrainId TargetId => default;

        public GrainInterfaceType InterfaceType => default;

        public string InterfaceName => nameof(IGenerationGrain);

        public string MethodName => InterfaceMethod.Name;

        public object? Result { get; set; }

        public IGrainContext? SourceContext => null;

        public Task Invoke()
        {
            Repetitions.Add(Repetition.IsLikely);
            if (Tries <= losses.Length)
            {
                return Task.FromException(losses[Tries - 1]);
            }

            Response = Response.Completed;
            return Task.CompletedTask;
        }
    }
}
