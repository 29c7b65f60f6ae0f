using Microsoft.Extensions.Logging;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.History;
using VideoGen.Grains.Media;
using VideoGen.Grains.Reminders;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>
/// Gives back what a finished generation no longer needs, and clears away what an expired or deleted one left. Each part may be
/// repeated, and the reminder goes last: what fails here is done by its next tick.
/// </summary>
internal sealed partial class EndStep(GenerationContext context, GenerationReminder reminder, Action deactivate)
{
    private readonly ILogger _log = context.Tools.Log;

    private string Owner => context.Generation.Request!.Owner;

    private IWebhookGrain Webhook => context.Grains.GetGrain<IWebhookGrain>(context.Id);

    public async Task RunAsync()
    {
        var generation = context.Generation;
        if (generation.IsDeleted)
        {
            await ForgetAsync();
            deactivate();
        }
        else if (generation.IsClearing)
        {
            await DeleteFilesAsync();
            await context.Store.ChangeAsync(current => current.Cleared());
            await AnnounceAsync();
            await reminder.UnregisterAsync(Owner);
        }
        else if (generation.IsFinished)
        {
            await FinishAsync();
        }
    }

    private async Task FinishAsync()
    {
        LogEnd();
        string[] backends = [context.Generation.Attempt?.Backend ?? CurrentBackend, CurrentBackend];
        foreach (var backend in backends.Distinct())
        {
            await context.Slot.GiveBackAsync(backend);    // it may have waited for another one than it was last made with
        }

        await AnnounceAsync();
        foreach (var name in GenerationFiles.Obsolete(context.Id, context.Generation, context.Options.KeepOriginal))
        {
            await context.Tools.Media.DeleteAsync(MediaKind.Original, name, CancellationToken.None);
        }

        await reminder.UnregisterAsync(Owner);
    }

    private string CurrentBackend => context.Tools.Backends.Current.Name;

    /// <summary>The state goes last but for the reminder, because it tells what there is to clear away.</summary>
    private async Task ForgetAsync()
    {
        var owner = Owner;
        await context.Grains.GetGrain<IHistoryGrain>(owner).RemoveAsync(context.Id, context.Generation.Place);
        await DeleteFilesAsync();
        await context.Tools.Records.DeleteAsync(context.Id, context.Generation.AttemptNumber);
        if (context.Generation.Request!.WebhookUrl is not null)
        {
            await Webhook.ForgetAsync();
        }

        await context.Store.ClearAsync();
        await reminder.UnregisterAsync(owner);
        LogDeleted(context.Id);
    }

    private async Task DeleteFilesAsync()
    {
        foreach (var (kind, name) in GenerationFiles.Of(context.Id, Owner, context.Generation.AttemptNumber))
        {
            await context.Tools.Media.DeleteAsync(kind, name, CancellationToken.None);
        }
    }

    /// <summary>Hands ends over to their delivery, which knows what it has: a crash in between does it again.</summary>
    private async Task AnnounceAsync()
    {
        if (!context.Generation.OwesWebhooks)
        {
            return;
        }

        var events = context.Generation.OwedEvents();
        await Webhook.DeliverAsync(new WebhookOrder(Owner, context.Generation.Request!.WebhookUrl!, events));
        await context.Store.ChangeAsync(generation => generation.Announced(events[^1].Version));
    }

    private void LogEnd()
    {
        if (context.Generation.Error is { } error)
        {
            LogFailed(context.Id, error.Code, error.Provider, error.ProviderStatus, error.RequestId);
        }
        else if (context.Generation.Cancellation is { Confirmed: { } isConfirmed })
        {
            LogCanceled(context.Id, context.Generation.AttemptNumber, isConfirmed);
        }
    }

    [LoggerMessage(LogLevel.Warning,
        "Generation {GenerationId} failed: {Code} ({Provider}, HTTP {ProviderStatus}, request {RequestId})")]
    private partial void LogFailed(string generationId, string code, string? provider, int? providerStatus, string? requestId);

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId} is canceled in attempt {Attempt}, confirmed: {IsConfirmed}")]
    private partial void LogCanceled(string generationId, int attempt, bool isConfirmed);

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId} is deleted")]
    private partial void LogDeleted(string generationId);
}
