using Microsoft.Extensions.Logging;

namespace VideoGen.Grains.Webhooks;

/// <summary>
/// The detached loop: send what is due, store the result, wait for the next. After a crash between sending and storing, the
/// webhook is sent again with the same id.
/// </summary>
internal sealed partial class WebhookGrain
{
    private Task _loop = Task.CompletedTask;

    /// <summary>Cleared by the loop in its last turn, while it holds the lock: a later request starts a new loop.</summary>
    private bool _isLooping;

    private TaskCompletionSource _wake = NewWake();

    private void EnsureLoop()
    {
        if (_isLooping || _stop.IsCancellationRequested)
        {
            _wake.TrySetResult();
            return;
        }

        _isLooping = true;
        _loop = RunAsync();
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
            LogSendingFailed(exception, Id);
            DeactivateOnIdle();
        }
    }

    /// <summary>Waits until a delivery is due; null when the reminder handles it, or there is none.</summary>
    private async Task<WebhookDelivery?> NextAsync()
    {
        while (true)
        {
            _stop.Token.ThrowIfCancellationRequested();
            var next = state.State.Next;
            if (next?.DueAt <= Now)
            {
                return next;
            }

            if (next is not null && next.DueAt - Now <= Near)
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
        await ExclusivelyAsync(async () =>
        {
            if (state.State.Next is not { } next)
            {
                await UnregisterReminderAsync();
            }
            else if (next.DueAt - Now is var far && far > Near)
            {
                await this.RegisterOrUpdateReminder(ReminderName, far, Near);
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
        var (owner, url, version) = (state.State.Owner, state.State.Url, delivery.Event.Version);
        var (id, address) = (delivery.Event.IdOf(Id), Address());
        if (await address.IsDisabledAsync())
        {
            LogSkipped(id, HostOf(url));
            await ExclusivelyAsync(() => SaveIfChangedAsync(state.State.Skipped(version, Now)));
            return;
        }

        var reply = await sender.SendAsync(new WebhookMessage(Id, owner, url, delivery.Event), _stop.Token);
        if (reply.IsGone)
        {
            LogGone(id, HostOf(url));
            await address.DisableAsync();
        }

        var schedule = RetrySchedule.Parse(options.Value.RetryDelays)!;    // validated at startup
        await ExclusivelyAsync(() => SaveIfChangedAsync(
            state.State.Attempted(version, reply, schedule, Random.Shared.NextDouble(), Now)));
        if (reply.IsSuccess)
        {
            LogDelivered(id, HostOf(url), delivery.Tries + 1);
        }
        else
        {
            LogNotDelivered(id, HostOf(url), delivery.Tries + 1, reply.Status, reply.Trouble);
        }
    }

    private Task SaveIfChangedAsync(WebhookState next) =>
        ReferenceEquals(next, state.State) ? Task.CompletedTask : SaveAsync(next);

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
