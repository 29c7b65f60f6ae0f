namespace VideoGen.Api.Tests.EmbeddedStore;

[Trait("Starts", "processes")]
public sealed class BoundTests
{
    private const int Bytes = 20_000;

    [Fact]
    public async Task Rewriting_the_same_keys_for_long_neither_fills_the_disk_nor_the_memory()
    {
        using var folder = new StoreFolder();
        using var probe = ProbeProcess.Start(folder.Path, bytes: Bytes, keys: 20);

        await WriteUntilCompactedAsync(probe, folder, 50_000);

        Assert.InRange(probe.WorkingSet, 0, 512 << 20);
    }

    [Fact]
    public async Task Data_that_outgrows_the_memory_is_compacted_and_still_there_after_a_kill()
    {
        using var folder = new StoreFolder();
        using var probe = ProbeProcess.Start(folder.Path, bytes: Bytes, keys: 1_000, logSegments: 4);

        await WriteUntilCompactedAsync(probe, folder, 60_000);
        await probe.KillAsync();

        Assert.Empty(await folder.FindLostAsync(probe.Kept));
    }

    /// <summary>
    /// Writes at least so much, and then until the files hold less than half of it. A checkpoint compacts beside the writes, and
    /// a fast disk takes many of them before one has ended.
    /// </summary>
    private static async Task WriteUntilCompactedAsync(ProbeProcess probe, StoreFolder folder, int writes)
    {
        await probe.KeepAsync(writes);
        for (var written = writes; folder.Bytes > (long)written * Bytes / 2; written += 10_000)
        {
            Assert.True(written < 4 * writes, $"After {written} writes of {Bytes} bytes the files hold {folder.Bytes}.");
            await probe.KeepAsync(10_000);
        }
    }
}
