using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Timing;

namespace VideoGen.Grains.Webhooks;

/// <summary>
/// The detached loop: send what is due, store the result, wait for the next. A receiver may take half a minute, and a grain that
/// is busy with a request, a timer or a reminder can neither respond nor move. After a crash between sending and storing, the
/// webhook is sent again with the same id.
/// </summary>
internal sealed partial class WebhookLoop(
    string id, WebhookStore store, WebhookReminder reminder, IGrainFactory grains, IWebhookSender sender,
    IOptions<WebhookOptions> options, TimeProvider time, ILogger log, Action deactivate) : IDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly SteadyClock _clock = new(time, store.Current.LatestKnown);
    private readonly CancellationTokenSource _stop = new();
    private Task _completion = Task.CompletedTask;

    /// <summary>Cleared in the last turn, while the store is held: a later request starts a new loop.</summary>
    private bool _isLooping;

    private TaskCompletionSource _wake = NewWake();

    public DateTimeOffset Now => _clock.Now;

    /// <summary>The address that all webhooks of this generation go to.</summary>
    public IWebhookAddressGrain Address =>
        grains.GetGrain<IWebhookAddressGrain>(WebhookAddressGrain.KeyOf(store.Current.Owner, store.Current.Url));

    /// <summary>Starts the loop, or wakes it when it waits.</summary>
    public void Ensure()
    {
        if (_isLooping || _stop.IsCancellationRequested)
        {
            _wake.TrySetResult();
            return;
        }

        _isLooping = true;
        _completion = RunAsync();
    }

    /// <summary>The same, unless the next delivery is far off, so that the reminder handles it.</summary>
    public void EnsureIfNear()
    {
        if (store.Current.Next is { } next && next.DueAt - Now <= WebhookReminder.Near)
        {
            Ensure();
        }
    }

    /// <summary>Ends the loop and waits for the current delivery, but not for long.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _completion.WaitAsync(StopTimeout, time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose()
    {
        if (_completion.IsCompleted)
        {
            _stop.Dispose();    // a loop that outlives the stop still reads the token, and may write
            store.Dispose();
        }
    }

    private async Task RunAsync()
    {
        await Task.CompletedTask.ConfigureAwait(
            ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.ForceYielding);
        try
        {
            while (await NextAsync() is { } next)
            {
                await SendAsync(next);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The next activation sends it again.
        }
        catch (Exception exception)
        {
            // Usually the store. The runtime does not handle this in a detached task; the reminder starts the next activation.
            LogSendingFailed(exception, id);
            deactivate();
        }
    }

    /// <summary>Waits until a delivery is due; null when the reminder handles it, or there is none.</summary>
    private async Task<WebhookDelivery?> NextAsync()
    {
        while (true)
        {
            _stop.Token.ThrowIfCancellationRequested();
            var next = store.Current.Next;
            if (next?.DueAt <= Now)
            {
                return next;
            }

            if (next is not null && next.DueAt - Now <= WebhookReminder.Near)
            {
                await WaitAsync(next.DueAt - Now);
            }
            else if (await RestAsync())
            {
                return null;
            }
        }
    }

    /// <summary>Leaves the rest to the reminder, unless something was added in the meantime.</summary>
    private async Task<bool> RestAsync()
    {
        var isOver = false;
        await store.ExclusivelyAsync(async () =>
        {
            if (store.Current.Next is not { } next)
            {
                await reminder.UnregisterAsync();
            }
            else if (next.DueAt - Now is var far && far > WebhookReminder.Near)
            {
                await reminder.RegisterAsync(far);
            }
            else
            {
                return;
            }

            (isOver, _isLooping) = (true, false);
        });
        return isOver;
    }

    private async Task SendAsync(WebhookDelivery delivery)
    {
        var (owner, url, version) = (store.Current.Owner, store.Current.Url, delivery.Event.Version);
        var (webhookId, address) = (delivery.Event.IdOf(id), Address);
        if (await address.IsDisabledAsync())
        {
            LogSkipped(webhookId, HostOf(url));
            await store.ExclusivelyAsync(() => store.SaveAsync(store.Current.Skipped(version, Now)));
            return;
        }

        var reply = await sender.SendAsync(new WebhookMessage(id, owner, url, delivery.Event), _stop.Token);
        if (reply.IsGone)
        {
            LogGone(webhookId, HostOf(url));
            await address.DisableAsync();
        }

        var schedule = RetrySchedule.Parse(options.Value.RetryDelays)!;    // validated at startup
        await store.ExclusivelyAsync(() => store.SaveAsync(
            store.Current.Attempted(version, reply, schedule, Random.Shared.NextDouble(), Now)));
        if (reply.IsSuccess)
        {
            LogDelivered(webhookId, HostOf(url), delivery.Tries + 1);
        }
        else
        {
            LogNotDelivered(webhookId, HostOf(url), delivery.Tries + 1, reply.Status, reply.Trouble);
        }
    }

    private async Task WaitAsync(TimeSpan delay)
    {
        await _wake.Task.WaitAsync(delay, time, _stop.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _wake = _wake.Task.IsCompleted ? NewWake() : _wake;
    }

    private static TaskCompletionSource NewWake() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string HostOf(string url) => new Uri(url).Host;

    [LoggerMessage(LogLevel.Information, "Webhook {WebhookId} delivered to {Host} on attempt {Try}")]
    private partial void LogDelivered(string webhookId, string host, int @try);

    [LoggerMessage(LogLevel.Warning, "Webhook {WebhookId} not delivered to {Host} on attempt {Try}: HTTP {Status}, {Trouble}")]
    private partial void LogNotDelivered(string webhookId, string host, int @try, int? status, WebhookFailure? trouble);

    [LoggerMessage(LogLevel.Warning, "Webhook {WebhookId} was answered with 410: this address at {Host} is now disabled")]
    private partial void LogGone(string webhookId, string host);

    [LoggerMessage(LogLevel.Information, "Webhook {WebhookId} not sent: its address at {Host} answered with 410 before")]
    private partial void LogSkipped(string webhookId, string host);

    [LoggerMessage(LogLevel.Error, "Sending the webhooks of generation {GenerationId} failed; its next reminder tick retries")]
    private partial void LogSendingFailed(Exception exception, string generationId);
}
