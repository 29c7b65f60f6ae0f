using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Storage;
using VideoGen.Grains.Timing;

namespace VideoGen.Grains.Webhooks;

/// <summary>
/// Requests and lifecycle. One detached loop sends the webhooks (the other part of this class): a receiver may take half a
/// minute, and a grain that is busy with a request, a timer or a reminder can neither respond nor move.
/// </summary>
[GrainType("videogen.webhook")]
internal sealed partial class WebhookGrain(
    [PersistentState("webhook")] IPersistentState<WebhookState> state,
    IWebhookSender sender,
    IOptions<WebhookOptions> options,
    TimeProvider time,
    ILogger<WebhookGrain> logger) : Grain, IWebhookGrain, IRemindable, IDisposable
{
    private const string ReminderName = "deliver";

    /// <summary>
    /// The loop waits for deliveries that are due within this time; the reminder, whose period this is too, handles the rest.
    /// </summary>
    private static readonly TimeSpan Near = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();

    /// <summary>Requests and the loop change the same state and the same reminder: one at a time.</summary>
    private readonly SemaphoreSlim _writing = new(1);

    private SteadyClock _clock = new(time, DateTimeOffset.MinValue);

    private string Id => this.GetPrimaryKeyString();
    private DateTimeOffset Now => _clock.Now;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _clock = new SteadyClock(time, state.State.LatestKnown);
        if (state.State.Next is { } next && next.DueAt - Now <= Near)
        {
            EnsureLoop();
        }

        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _loop.WaitAsync(StopTimeout, time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose()
    {
        if (_loop.IsCompleted)
        {
            _stop.Dispose();    // a loop that outlives the stop still reads the token, and may write
            _writing.Dispose();
        }
    }

    public Task<WebhookLog?> GetAsync() => Task.FromResult(Log());

    /// <summary>The reminder is registered first, so that whatever is stored is found again.</summary>
    public async Task DeliverAsync(WebhookOrder order)
    {
        await ExclusivelyAsync(async () =>
        {
            if (state.State.Add(order, Now) is var next && !ReferenceEquals(next, state.State))
            {
                await this.RegisterOrUpdateReminder(ReminderName, Near, Near);
                await SaveAsync(next);
            }
        });
        EnsureLoop();
    }

    public async Task<WebhookLog?> ReplayAsync()
    {
        if (state.State.Deliveries.IsEmpty)
        {
            return null;
        }

        await Address().EnableAsync();
        await ExclusivelyAsync(async () =>
        {
            await this.RegisterOrUpdateReminder(ReminderName, Near, Near);
            await SaveAsync(state.State.Replayed(Now));
        });
        LogReplay(Id);
        EnsureLoop();
        return Log();
    }

    public Task ForgetAsync() => ExclusivelyAsync(async () =>
    {
        await state.ClearStateAsync();
        await UnregisterReminderAsync();
        DeactivateOnIdle();
    });

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        EnsureLoop();    // if there is nothing to send, it removes the reminder
        return Task.CompletedTask;
    }

    private async Task UnregisterReminderAsync()
    {
        if (await this.GetReminder(ReminderName) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }

    private IWebhookAddressGrain Address() =>
        GrainFactory.GetGrain<IWebhookAddressGrain>(WebhookAddressGrain.KeyOf(state.State.Owner, state.State.Url));

    private WebhookLog? Log() =>
        state.State.Deliveries.IsEmpty ? null : new WebhookLog(WebhookUrl.WithoutQuery(state.State.Url), state.State.Deliveries);

    private async Task ExclusivelyAsync(Func<Task> change)
    {
        await _writing.WaitAsync();
        try
        {
            await change();
        }
        finally
        {
            _writing.Release();
        }
    }

    private Task SaveAsync(WebhookState next) => state.SaveAsync(next, DeactivateOnIdle);

    [LoggerMessage(LogLevel.Information, "Sending the newest webhook of generation {GenerationId} again")]
    private partial void LogReplay(string generationId);
}
