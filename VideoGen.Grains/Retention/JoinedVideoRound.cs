using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.History;
using VideoGen.Grains.Storyboards.Contract;
using VideoGen.Grains.Telemetry;

namespace VideoGen.Grains.Retention;

/// <summary>
/// Expires the joined videos of storyboards: by age, and older ones where those of an owner, or all of them, exceed half of what
/// the settings allow for videos. They can be joined again as long as their shots exist, so shots are kept before them.
/// </summary>
public sealed class JoinedVideoRound(
    IGrainFactory grains, GenerationTelemetry telemetry, IOptions<RetentionOptions> options, TimeProvider time,
    ILogger<JoinedVideoRound> logger)
{
    private const int AtOnce = 16;

    private long? _lastRound;
    private long _total;

    /// <summary>Reads every storyboard once, if a round is due.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_lastRound is { } last && time.GetElapsedTime(last) < options.Value.UploadInterval)
        {
            return;
        }

        _total = 0;
        var turns = new OwnerTurns(logger, cancellationToken);
        foreach (var owner in await grains.GetGrain<IOwnersGrain>(IOwnersGrain.Key).GetAsync())
        {
            await turns.RunAsync(owner, () => SweepAsync(owner, cancellationToken));
        }

        _lastRound = time.GetTimestamp();
    }

    private async Task SweepAsync(string owner, CancellationToken cancellationToken)
    {
        var (now, bytes) = (time.GetUtcNow(), 0L);
        var list = grains.GetGrain<IHistoryGrain>(HistoryKey.Storyboards(owner));
        var reads = new IsolatedReads(grains, telemetry, logger);
        for (long? before = null; ;)
        {
            // Newest first, so that what exceeds the limit is the oldest.
            var page = await list.GetPageAsync(before, 100);
            foreach (var some in page.Entries.Chunk(AtOnce))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var films = await Task.WhenAll(some.Select(async entry => (entry.GenerationId, (await reads.ReadAnyAsync(
                    entry.GenerationId, id => grains.GetGrain<IStoryboardGrain>(id).GetKeptAsync())).Value)));
                foreach (var (id, film) in films)
                {
                    if (film is null)
                    {
                        continue;
                    }

                    (bytes, _total) = (bytes + film.Bytes, _total + film.Bytes);
                    if (ReasonToExpire(film, bytes, now) is { } reason)
                    {
                        _total -= film.Bytes;
                        await grains.GetGrain<IStoryboardGrain>(id).ExpireAsync(reason);
                    }
                }
            }

            if (page.Next is null)
            {
                return;
            }

            before = page.Next;
        }
    }

    private ExpiryReason? ReasonToExpire(KeptJoinedVideo film, long bytesOfOwner, DateTimeOffset now) =>
        film.UpdatedAt <= now - options.Value.MaxAge ? ExpiryReason.Age
        : bytesOfOwner > options.Value.MaxBytesPerOwner / 2 ? ExpiryReason.OwnerQuota
        : _total > options.Value.MaxBytesTotal / 2 ? ExpiryReason.TotalQuota
        : null;
}
