using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Media;
using VideoGen.Grains.Telemetry;

namespace VideoGen.Grains.Retention;

/// <summary>
/// Deletes the uploads that nothing needs. One round walks over all that refers to uploads (<see cref="UploadWalk"/>), marks
/// old ones that it did not find, and deletes what an earlier round has marked, if it is still unreferenced. A request holds
/// its upload before it is accepted (<c>HoldAsync</c>), so either it took the name off the list, or it was accepted long
/// enough before this walk to be seen by it.
/// </summary>
public sealed partial class UploadRound(
    IGrainFactory grains, IMediaStore media, GenerationTelemetry telemetry, IOptions<RetentionOptions> options, TimeProvider time,
    ILogger<UploadRound> logger)
{
    private const int Batch = 500;

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

        var needed = await new UploadWalk(grains, telemetry, logger).RunAsync(cancellationToken);
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
