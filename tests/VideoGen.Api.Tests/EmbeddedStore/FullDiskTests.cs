using VideoGen.Testing;

namespace VideoGen.Api.Tests.EmbeddedStore;

[Trait("Starts", "processes")]
public sealed class FullDiskTests
{
    [Fact]
    public async Task A_full_disk_is_an_error_loses_nothing_and_is_over_when_there_is_room()
    {
        using var disk = await SmallDisk.MountAsync(megabytes: 512);
        if (disk is null)
        {
            Assert.Skip(SmallDisk.NotAllowed);
        }

        var data = Path.Combine(disk.Path, "data");
        using var probe = ProbeProcess.Start(data);
        await probe.KeepAsync(2_000);

        disk.Fill();
        await probe.WaitForAsync("refused");
        await probe.WaitForAsync("refused");
        disk.Free();

        await probe.KeepAsync(2_000);
        await probe.KillAsync();
        Assert.Empty(await StoreFolder.FindLostAsync(data, probe.Kept));
    }

    [Fact]
    public async Task A_process_killed_while_the_disk_is_full_starts_from_all_it_acknowledged()
    {
        using var disk = await SmallDisk.MountAsync(megabytes: 512);
        if (disk is null)
        {
            Assert.Skip(SmallDisk.NotAllowed);
        }

        var data = Path.Combine(disk.Path, "data");
        using var probe = ProbeProcess.Start(data);
        await probe.KeepAsync(2_000);
        disk.Fill();
        await probe.WaitForAsync("refused");

        await probe.KillAsync();
        disk.Free();

        Assert.Empty(await StoreFolder.FindLostAsync(data, probe.Kept));
    }
}
