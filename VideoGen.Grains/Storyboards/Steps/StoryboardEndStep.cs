using Microsoft.Extensions.Logging;
using VideoGen.Grains.Characters;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.History;
using VideoGen.Grains.Media;
using VideoGen.Grains.Storyboards.Join;
using VideoGen.Grains.Storyboards.State;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Grains.Storyboards.Steps;

/// <summary>
/// Hands ends over to the webhook, removes the files of earlier joins, and removes a deleted storyboard. Each part may be
/// repeated.
/// </summary>
internal sealed partial class StoryboardEndStep(StoryboardContext context)
{
    private readonly ILogger _log = context.Tools.Log;

    private IWebhookGrain Webhook => context.Grains.GetGrain<IWebhookGrain>(context.Id);

    public async Task RunAsync()
    {
        if (context.Storyboard is { OwedEvents: { IsEmpty: false } events, Settings.WebhookUrl: { } url, Owner: var owner })
        {
            await AnnounceAsync(new WebhookOrder(owner, url, events));
        }

        if (context.Storyboard.HasOldFiles)
        {
            var newest = context.Storyboard.LastObsoleteJoin;
            await DeleteJoinedAsync(newest);
            await context.Store.ChangeAsync(current => current with { JoinsRemoved = newest });
        }
    }

    /// <summary>A webhook that cannot be handed over now delays nothing else.</summary>
    private async Task AnnounceAsync(WebhookOrder order)
    {
        try
        {
            await Webhook.DeliverAsync(order);
        }
        catch (Exception exception)
        {
            LogNotAnnounced(exception, context.Id);
            return;
        }

        await context.Store.ChangeAsync(current => current.Announced(order.Events.Length));
    }

    /// <summary>The state is removed last, because it says what else to remove.</summary>
    public async Task ForgetAsync()
    {
        var storyboard = context.Storyboard;
        foreach (var take in storyboard.Shots.Select(shot => shot.Next).OfType<Take>().Where(take => take.IsInWork))
        {
            await context.Grains.GetGrain<IGenerationGrain>(take.GenerationId).CancelAsync();
        }

        await context.Grains.GetGrain<ICharacterGrain>(storyboard.Settings!.Character.Id).UncastAsync(context.Id);
        await context.Grains.GetGrain<IHistoryGrain>(HistoryKey.Storyboards(storyboard.Owner)).RemoveAsync(context.Id, null);
        foreach (var (kind, name) in storyboard.Join is { } join ? JoinFiles.Of(join.Request) : [])
        {
            await context.Tools.Media.DeleteAsync(kind, name, CancellationToken.None);
        }

        await DeleteJoinedAsync(storyboard.JoinNumber);
        if (storyboard.Settings.WebhookUrl is not null)
        {
            await Webhook.ForgetAsync();
        }

        await context.Store.ClearAsync();
        LogDeleted(context.Id);
    }

    private async Task DeleteJoinedAsync(int newest)
    {
        var (id, owner) = (context.Id, context.Storyboard.Owner);
        for (var number = context.Storyboard.JoinsRemoved + 1; number <= newest; number++)
        {
            await context.Tools.Media.DeleteAsync(MediaKind.Video, JoinFiles.Video(id, owner, number), CancellationToken.None);
            await context.Tools.Media.DeleteAsync(MediaKind.Video, JoinFiles.Poster(id, owner, number), CancellationToken.None);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Storyboard {StoryboardId}: cannot hand over its webhook; retrying")]
    private partial void LogNotAnnounced(Exception exception, string storyboardId);

    [LoggerMessage(LogLevel.Information, "Storyboard {StoryboardId} deleted")]
    private partial void LogDeleted(string storyboardId);
}
