namespace VideoGen.Api.Tests.EmbeddedStore;

[Trait("Starts", "processes")]
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

    [Fact]
    public async Task Killing_the_process_while_it_writes_a_checkpoint_loses_nothing_that_was_acknowledged()
    {
        using var folder = new StoreFolder();
        for (var round = 0; round < 2; round++)
        {
            using var probe = ProbeProcess.Start(folder.Path, bytes: 20_000, keys: 500);
            await probe.WaitForAsync("ready");
            await CheckpointBeginsAsync(Path.Combine(folder.Path, "store", "Store"));
            await probe.KillAsync();

            Assert.Empty(await folder.FindLostAsync(probe.Kept));
        }
    }

    private static async Task CheckpointBeginsAsync(string folder)
    {
        var begins = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(folder, "snapshot.dat*") { IncludeSubdirectories = true };
        watcher.Created += (_, _) => begins.TrySetResult();
        watcher.EnableRaisingEvents = true;
        await begins.Task.WaitAsync(TimeSpan.FromSeconds(180));
    }
}
