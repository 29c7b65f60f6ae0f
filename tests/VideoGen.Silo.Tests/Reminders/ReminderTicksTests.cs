using System.Reflection;
using Orleans.Serialization.Invocation;
using VideoGen.Grains.Contracts;
using VideoGen.Silo.Reminders;

namespace VideoGen.Silo.Tests.Reminders;

public sealed class ReminderTicksTests : IDisposable
{
    private readonly ReminderTicks _ticks = new();

    [Fact]
    public async Task Of_many_ticks_that_are_due_a_few_are_under_way_and_the_next_comes_when_one_has_ended()
    {
        var calls = Enumerable.Range(0, 100).Select(_ => new Call(typeof(IRemindable))).ToList();
        var answers = calls.Select(_ticks.Invoke).ToList();
        Assert.Equal(16, calls.Count(call => call.HasBegun));

        calls[0].End.SetResult();
        await answers[0];
        calls[1].End.SetException(new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => answers[1]);
        calls.Skip(2).ToList().ForEach(call => call.End.SetResult());
        await Task.WhenAll(answers.Skip(2));

        Assert.All(calls, call => Assert.True(call.HasBegun));
    }

    [Fact]
    public async Task More_ticks_than_500_in_a_second_wait()
    {
        var calls = Enumerable.Range(0, 700).Select(_ => new Call(typeof(IRemindable))).ToList();
        calls.ForEach(call => call.End.SetResult());

        var answers = calls.Select(_ticks.Invoke).ToList();

        Assert.InRange(calls.Count(call => call.HasBegun), 500, 600);    // ten times a second there is room for 50 more
        await Task.WhenAll(answers);
        Assert.All(calls, call => Assert.True(call.HasBegun));
    }

    [Fact]
    public void Other_calls_do_not_wait_for_ticks()
    {
        var ticks = Enumerable.Range(0, 100).Select(_ => _ticks.Invoke(new Call(typeof(IRemindable)))).ToList();
        var other = new Call(typeof(IGenerationGrain));

        var answer = _ticks.Invoke(other);

        Assert.True(other.HasBegun);
        Assert.False(answer.IsCompleted || ticks.Exists(tick => tick.IsCompleted));
    }

    public void Dispose() => _ticks.Dispose();

    private sealed class Call(Type type) : IOutgoingGrainCallContext
    {
        public TaskCompletionSource End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool HasBegun { get; private set; }

        public IInvokable Request { get; } = new Message(type);

        public Task Invoke()
        {
            HasBegun = true;
            return End.Task;
        }

        public object Grain => throw new NotSupportedException();
        public GrainId? SourceId => throw new NotSupportedException();
        public GrainId TargetId => throw new NotSupportedException();
        public GrainInterfaceType InterfaceType => throw new NotSupportedException();
        public string InterfaceName => throw new NotSupportedException();
        public string MethodName => throw new NotSupportedException();
        public MethodInfo InterfaceMethod => throw new NotSupportedException();
        public IGrainContext SourceContext => throw new NotSupportedException();
        public object? Result { get; set; }
        public Response? Response { get; set; }
    }

    private sealed class Message(Type type) : IInvokable
    {
        public Type GetInterfaceType() => type;
        public object? GetTarget() => throw new NotSupportedException();
        public void SetTarget(ITargetHolder holder) => throw new NotSupportedException();
        public ValueTask<Response> Invoke() => throw new NotSupportedException();
        public int GetArgumentCount() => throw new NotSupportedException();
        public object? GetArgument(int index) => throw new NotSupportedException();
        public void SetArgument(int index, object value) => throw new NotSupportedException();
        public string GetMethodName() => throw new NotSupportedException();
        public string GetInterfaceName() => throw new NotSupportedException();
        public string GetActivityName() => throw new NotSupportedException();
        public MethodInfo GetMethod() => throw new NotSupportedException();
        public TimeSpan? GetDefaultResponseTimeout() => throw new NotSupportedException();
        public void Dispose() { }
    }
}
