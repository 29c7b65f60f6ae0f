using System.Threading.RateLimiting;

namespace VideoGen.Silo.Reminders;

/// <summary>
/// Limits how many reminders tick at once, and in a second. Each tick of a generation that is not in memory loads it, so after a
/// start with very many unfinished generations their ticks would take the whole machine, time out and delay client calls. A
/// reminder that waits here ticks late: with more than 30,000 on a silo, less often than once a minute. Each reminder has one
/// tick at a time, so that no more wait here than the silo has reminders.
/// </summary>
internal sealed class ReminderTicks : IOutgoingGrainCallFilter, IDisposable
{
    private const int AtOnce = 16;
    private const int EachSecond = 500;

    private readonly SemaphoreSlim _slots = new(AtOnce);

    private readonly TokenBucketRateLimiter _rate = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = EachSecond,
        TokensPerPeriod = EachSecond / 10,
        ReplenishmentPeriod = TimeSpan.FromSeconds(0.1),
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    public Task Invoke(IOutgoingGrainCallContext context) =>
        context.Request.GetInterfaceType() == typeof(IRemindable) ? InvokeTickAsync(context) : context.Invoke();

    public void Dispose()
    {
        _rate.Dispose();
        _slots.Dispose();
    }

    private async Task InvokeTickAsync(IOutgoingGrainCallContext context)
    {
        using var token = await _rate.AcquireAsync();
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
