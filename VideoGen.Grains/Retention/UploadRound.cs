using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.History;
using VideoGen.Grains.Media;
using VideoGen.Grains.Telemetry;

namespace VideoGen.Grains.Retention;

/// <summary>
/// Deletes the uploads that no generation needs. One round walks over every generation, marks old uploads that none refers to,
/// and deletes what an earlier round has marked, if it is still unreferenced. A request holds its upload before it is accepted
/// (<c>HoldAsync</c>), so either it took the name off the list, or it was accepted long enough before this walk to be seen by it.
/// </summary>
public sealed partial class UploadRound(
    IGrainFactory grains, IMediaStore media, GenerationTelemetry telemetry, IOptions<RetentionOptions> options, TimeProvider time,
    ILogger<UploadRound> logger)
{
    private const int Batch = 500;
    private const int AtOnce = 16;

    /// <summary>No request takes this long from holding its upload to being accepted: calls time out after seconds.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromHours(1);

    private IUploadsGrain List => grains.GetGrain<IUploadsGrain>(IUploadsGrain.Key);

    /// <summary>Walks once over all generations and uploads, if a round is due.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var start = time.GetUtcNow();
        var list = await List.GetAsync();
        if (options.Value.UploadGrace is not { } grace || IsRecent(list.LastRoundAt))
        {
            return;
        }

        var needed = await WalkAsync(cancellationToken);
        // Includes names that were added by a clock that was later set back: they are marked again.
        foreach (var (name, _) in list.Since.Where(one => needed.MayHold(one.Key) || one.Value > start))
        {
            await List.HoldAsync(name);
        }

        var ripe = list.Since.Where(one => one.Value <= start - Settling && !needed.MayHold(one.Key)).Select(one => one.Key);
        var collected = await CollectAsync([.. ripe], cancellationToken);
        var condemned = await CondemnAsync(needed, start - grace, cancellationToken);
        await List.DoneAsync();
        LogRound(collected, condemned);

        // A round in the future was recorded by a clock that was later set back.
        bool IsRecent(DateTimeOffset? round) => round <= start && start - round < options.Value.UploadInterval;
    }

    /// <summary>
    /// Collects every upload that a generation refers to, and all uploads of owners with an unreadable generation.
    /// </summary>
    private async Task<NeededUploads> WalkAsync(CancellationToken cancellationToken)
    {
        var needed = new NeededUploads();
        var turns = new OwnerTurns(logger, cancellationToken);
        foreach (var owner in await grains.GetGrain<IOwnersGrain>(IOwnersGrain.Key).GetAsync())
        {
            if (!await turns.RunAsync(owner, () => WalkAsync(owner, needed, cancellationToken)))
            {
                needed.KeepAllOf(owner);
            }
        }

        return needed;
    }

    private async Task WalkAsync(string owner, NeededUploads needed, CancellationToken cancellationToken)
    {
        var hasMore = true;
        for (var number = 0L; hasMore; number++)
        {
            var chunk = await grains.GetGrain<IHistoryGrain>(owner).GetStretchAsync(number);
            foreach (var some in chunk.Entries.Chunk(AtOnce))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await Task.WhenAll(some.Select(entry => NoteAsync(owner, entry.GenerationId, needed)));
            }

            hasMore = chunk.HasMore;
        }
    }

    private async Task NoteAsync(string owner, string id, NeededUploads needed)
    {
        var read = await new IsolatedReads(grains, telemetry, logger).ReadAsync(id, generation => generation.GetKeptAsync());
        if (!read.IsReadable)
        {
            needed.KeepAllOf(owner);
        }
        else if (read.Value is { Upload: { } name })
        {
            needed.Add(name);
        }
    }

    /// <summary>Deletes what was decided, including what an earlier round decided but did not delete.</summary>
    private async Task<int> CollectAsync(IReadOnlyList<string> ripe, CancellationToken cancellationToken)
    {
        var doomed = await List.DoomAsync(ripe);
        foreach (var some in doomed.Chunk(Batch))
        {
            foreach (var name in some)
            {
                await media.DeleteAsync(MediaKind.Upload, name, cancellationToken);
            }

            await List.ForgetAsync(some);
            telemetry.Collected(some.Length);
        }

        return doomed.Count;
    }

    private async Task<int> CondemnAsync(NeededUploads needed, DateTimeOffset notAfter, CancellationToken cancellationToken)
    {
        var list = await List.GetAsync();
        List<string> names = [];
        await foreach (var name in media.ListAsync(MediaKind.Upload, notAfter, cancellationToken))
        {
            if (names.Count == list.Room)
            {
                break;
            }

            if (!needed.MayHold(name) && !list.Since.ContainsKey(name))
            {
                names.Add(name);
            }
        }

        await List.CondemnAsync(names);
        return names.Count;
    }

    [LoggerMessage(LogLevel.Information, "Uploads: deleted {Collected} that nothing needs; {Condemned} more may follow")]
    private partial void LogRound(int collected, int condemned);
}
