using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Contracts;

namespace VideoGen.Grains.Webhooks;

/// <summary>Requests and the lifecycle of one generation's webhooks; its <see cref="WebhookLoop"/> sends them.</summary>
[GrainType("videogen.webhook")]
internal sealed partial class WebhookGrain(
    [PersistentState("webhook")] IPersistentState<WebhookState> state,
    IWebhookSender sender,
    IOptions<WebhookOptions> options,
    TimeProvider time,
    ILogger<WebhookGrain> logger) : Grain, IWebhookGrain, IRemindable, IDisposable
{
    private WebhookStore _store = null!;
    private WebhookReminder _reminder = null!;
    private WebhookLoop _loop = null!;

    private string Id => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _store = new WebhookStore(state, DeactivateOnIdle);
        _reminder = new WebhookReminder(this);
        _loop = new WebhookLoop(Id, _store, _reminder, GrainFactory, sender, options, time, logger, DeactivateOnIdle);
        _loop.EnsureIfNear();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _loop.StopAsync();

    public void Dispose() => _loop?.Dispose();    // null when the activation failed

    public Task<WebhookLog?> GetAsync() => Task.FromResult(Log());

    /// <summary>The reminder is registered first, so that whatever is stored is found again.</summary>
    public async Task DeliverAsync(WebhookOrder order)
    {
        await _store.ExclusivelyAsync(async () =>
        {
            if (_store.Current.Add(order, _loop.Now) is var next && !ReferenceEquals(next, _store.Current))
            {
                await _reminder.RegisterAsync(WebhookReminder.Near);
                await _store.SaveAsync(next);
            }
        });
        _loop.Ensure();
    }

    public async Task<WebhookLog?> ReplayAsync()
    {
        if (_store.Current.Deliveries.IsEmpty)
        {
            return null;
        }

        await _loop.Address.EnableAsync();
        await _store.ExclusivelyAsync(async () =>
        {
            await _reminder.RegisterAsync(WebhookReminder.Near);
            await _store.SaveAsync(_store.Current.Replayed(_loop.Now));
        });
        LogReplay(Id);
        _loop.Ensure();
        return Log();
    }

    public Task ForgetAsync() => _store.ExclusivelyAsync(async () =>
    {
        await _store.ClearAsync();
        await _reminder.UnregisterAsync();
        DeactivateOnIdle();
    });

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _loop.Ensure();    // if there is nothing to send, it removes the reminder
        return Task.CompletedTask;
    }

    private WebhookLog? Log() => _store.Current.Deliveries.IsEmpty
        ? null
        : new WebhookLog(WebhookUrl.WithoutQuery(_store.Current.Url), _store.Current.Deliveries);

    [LoggerMessage(LogLevel.Information, "Sending the newest webhook of generation {GenerationId} again")]
    private partial void LogReplay(string generationId);
}
