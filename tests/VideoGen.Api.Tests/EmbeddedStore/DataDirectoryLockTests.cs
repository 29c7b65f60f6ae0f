using VideoGen.Api.EmbeddedStore;
using VideoGen.ServiceDefaults;

namespace VideoGen.Api.Tests.EmbeddedStore;

[Trait("Starts", "processes")]
public sealed class DataDirectoryLockTests
{
    [Fact]
    public async Task A_second_process_on_a_data_directory_ends_with_a_sentence_that_says_what_to_do()
    {
        using var folder = new StoreFolder();
        await using var first = await folder.OpenAsync();

        using var second = ProbeProcess.Start(folder.Path);
        var said = await second.WaitForAsync("stopped");

        Assert.Equal(
            $"stopped {folder.Path} is in use by another VideoGen (pid {Environment.ProcessId}). "
            + "Stop it, or set VideoGen__DataDirectory to another folder.", said);
        await first.Connection.GetDatabase().PingAsync();
    }

    [Fact]
    public async Task A_killed_process_leaves_no_lock_behind()
    {
        using var folder = new StoreFolder();
        using var killed = ProbeProcess.Start(folder.Path);
        await killed.WaitForAsync("ready");
        Assert.Throws<StartupException>(() => DataDirectoryLock.Take(folder.Path));

        await killed.KillAsync();

        DataDirectoryLock.Take(folder.Path).Dispose();
    }

    [Fact]
    public void A_directory_that_can_not_be_made_is_named()
    {
        var impossible = Path.Combine(Environment.ProcessPath!, "data");

        var refusal = Assert.Throws<StartupException>(() => DataDirectoryLock.Take(impossible));

        Assert.StartsWith($"Cannot write to {impossible}", refusal.Message, StringComparison.Ordinal);
    }
}
