namespace VideoGen.Silo.Reminders;

/// <summary>
/// Lets only so many reminders tick at once. After a start with very many unfinished generations each tick has to load one first;
/// more than the silo can do would run into timeouts, all of them, and hold up what clients ask for. A reminder that waits here
/// ticks late.
/// </summary>
internal sealed class ReminderTicks : IOutgoingGrainCallFilter, IDisposable
{
    private const int AtOnce = 16;

    private readonly SemaphoreSlim _slots = new(AtOnce);

    public Task Invoke(IOutgoingGrainCallContext context) =>
        context.Request.GetInterfaceType() == typeof(IRemindable) ? InvokeTickAsync(context) : context.Invoke();

    public void Dispose() => _slots.Dispose();

    private async Task InvokeTickAsync(IOutgoingGrainCallContext context)
    {
        await _slots.WaitAsync();
        try
        {
            await context.Invoke();
        }
        finally
        {
            _slots.Release();
        }
    }
}
