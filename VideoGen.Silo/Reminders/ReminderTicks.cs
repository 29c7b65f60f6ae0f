namespace VideoGen.Silo.Reminders;

/// <summary>
/// Limits how many reminders tick at once. After a start with very many unfinished generations, each tick has to load one first;
/// more ticks than the silo can handle would all time out and delay client calls. A reminder that waits here ticks late.
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
