using Microsoft.Extensions.Logging;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.History;
using VideoGen.Grains.Media;
using VideoGen.Grains.Reminders;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>
/// Releases what a finished generation no longer needs, and removes the files of an expired or deleted one. Each part may be
/// repeated, and the reminder is removed last: its next tick repeats whatever failed.
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
            if (generation.IsDiscarded)
            {
                await context.Store.ChangeAsync(current => current.Delete(context.Now));
                await ForgetAsync();
                deactivate();
                return;
            }

            await reminder.UnregisterAsync(Owner);
        }
    }

    private async Task FinishAsync()
    {
        LogEnd();
        foreach (var upstream in Upstreams().Distinct())
        {
            await context.Slot.GiveBackAsync(upstream);    // it may have waited for others than that of its last attempt
        }

        await AnnounceAsync();
        if (context.Generation.Request!.Shot is { } shot)
        {
            await context.Grains.GetGrain<IShotOwnerGrain>(shot.StoryboardId).ShotEndedAsync(context.Id);
        }

        foreach (var name in GenerationFiles.Obsolete(context.Id, context.Generation, context.Options.KeepOriginal))
        {
            await context.Tools.Media.DeleteAsync(MediaKind.Original, name, CancellationToken.None);
        }
    }

    private IEnumerable<string> Upstreams()
    {
        var (backends, generation) = (context.Tools.Backends, context.Generation);
        if (generation.Attempt is { } attempt)
        {
            yield return attempt.Backend;
        }

        var next = backends.Next(generation) ?? backends.Default;
        var ordered = backends.FindModel(generation.OrderedModel) ?? backends.Default;
        foreach (var upstream in next.Upstreams.Concat(ordered.Upstreams))
        {
            yield return upstream;
        }
    }

    /// <summary>The state is removed last except for the reminder, because it lists the files to remove.</summary>
    private async Task ForgetAsync()
    {
        var owner = Owner;
        await context.Grains.GetGrain<IHistoryGrain>(owner).RemoveAsync(context.Id, context.Generation.Place);
        if (context.Generation.Request!.Character is { } character)
        {
            await context.Grains.GetGrain<IHistoryGrain>(HistoryKey.Lineage(owner, character.Id)).RemoveAsync(context.Id, null);
        }

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

    /// <summary>
    /// Hands events over to the delivery, which ignores duplicates: after a crash in between, they are handed over again.
    /// </summary>
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

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId} canceled in attempt {Attempt}, confirmed: {IsConfirmed}")]
    private partial void LogCanceled(string generationId, int attempt, bool isConfirmed);

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId} deleted")]
    private partial void LogDeleted(string generationId);
}
