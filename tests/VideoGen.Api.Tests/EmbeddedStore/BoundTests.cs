namespace VideoGen.Api.Tests.EmbeddedStore;

[Trait("Starts", "processes")]
public sealed class BoundTests
{
    [Fact]
    public async Task Rewriting_the_same_keys_for_long_neither_fills_the_disk_nor_the_memory()
    {
        using var folder = new StoreFolder();
        using var probe = ProbeProcess.Start(folder.Path, bytes: 20_000, keys: 20);

        await probe.KeepAsync(50_000);

        Assert.InRange(folder.Bytes, 0, 500 << 20);
        Assert.InRange(probe.WorkingSet, 0, 512 << 20);
    }

    [Fact]
    public async Task Data_that_outgrows_the_memory_is_compacted_and_still_there_after_a_kill()
    {
        using var folder = new StoreFolder();
        using var probe = ProbeProcess.Start(folder.Path, bytes: 20_000, keys: 1_000, logSegments: 4);

        await probe.KeepAsync(60_000);
        await probe.KillAsync();

        Assert.InRange(folder.Bytes, 0, 1L << 30);
        Assert.Empty(await folder.FindLostAsync(probe.Kept));
    }
}
