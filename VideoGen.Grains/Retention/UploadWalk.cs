using Microsoft.Extensions.Logging;
using VideoGen.Grains.Characters;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.History;
using VideoGen.Grains.Storyboards.Contract;
using VideoGen.Grains.Telemetry;

namespace VideoGen.Grains.Retention;

/// <summary>
/// Collects every upload that a generation, a character or a storyboard refers to, and all uploads of owners with one that cannot
/// be read.
/// </summary>
internal sealed class UploadWalk(IGrainFactory grains, GenerationTelemetry telemetry, ILogger logger)
{
    private const int AtOnce = 16;

    public async Task<NeededUploads> RunAsync(CancellationToken cancellationToken)
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
        await WalkAsync(owner, GenerationPicturesAsync);
        await WalkAsync(HistoryKey.Characters(owner), async id =>
            (await grains.GetGrain<ICharacterGrain>(id).GetAsync())?.Pictures ?? []);
        await WalkAsync(HistoryKey.Storyboards(owner), async id =>
            await grains.GetGrain<IStoryboardGrain>(id).GetPicturesAsync());

        async Task WalkAsync(string list, Func<string, Task<IEnumerable<string>>> read)
        {
            var reads = new IsolatedReads(grains, telemetry, logger);
            var hasMore = true;
            for (var number = 0L; hasMore; number++)
            {
                var chunk = await grains.GetGrain<IHistoryGrain>(list).GetStretchAsync(number);
                foreach (var some in chunk.Entries.Chunk(AtOnce))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await Task.WhenAll(some.Select(async entry =>
                        Note(owner, await reads.ReadAnyAsync(entry.GenerationId, read), needed)));
                }

                hasMore = chunk.HasMore;
            }
        }
    }

    private async Task<IEnumerable<string>> GenerationPicturesAsync(string id) =>
        await grains.GetGrain<IGenerationGrain>(id).GetKeptAsync() is { Upload: { } name } kept
            ? [name, .. kept.References ?? []]
            : [];

    private static void Note(string owner, IsolatedRead<IEnumerable<string>> read, NeededUploads needed)
    {
        if (read.IsReadable)
        {
            needed.Add(read.Value!);
        }
        else
        {
            needed.KeepAllOf(owner);
        }
    }
}
