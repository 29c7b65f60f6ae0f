namespace VideoGen.Api.Tests.EmbeddedStore;

public sealed class CrashTests
{
    [Fact]
    public async Task Killing_the_process_under_load_loses_nothing_that_was_acknowledged()
    {
        using var folder = new StoreFolder();
        for (var round = 0; round < 3; round++)
        {
            using var probe = ProbeProcess.Start(folder.Path);
            await probe.KeepAsync(5_000);
            await probe.KillAsync();

            Assert.NotEmpty(probe.Kept);
            Assert.Empty(await folder.FindLostAsync(probe.Kept));
        }
    }
}
