using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Grains.Storyboards.Join;
using VideoGen.Testing;

namespace VideoGen.Silo.Tests.Video;

public sealed class JoinDiskTests
{
    [Fact]
    public async Task A_full_disk_stops_the_join_until_there_is_space()
    {
        using var disk = await SmallDisk.MountAsync(megabytes: 8);
        Assert.SkipWhen(disk is null, SmallDisk.NotAllowed);
        using var bench = new JoinBench(data: disk.Path);
        var request = JoinBench.Request(
            JoinBench.Cut(await bench.ShotAsync(1, 72, "sine=r=48000")),
            JoinBench.Cut(await bench.ShotAsync(2, 72, "sine=r=48000")) with { FadeFrames = 6 });
        disk.Fill();

        var outcome = await bench.RunAsync(request);

        Assert.Equal(GenerationErrorCode.StorageFull, Assert.IsType<JoinOutcome.Unavailable>(outcome).Error.Code);
        Assert.Equal(2, (await bench.StoredAsync(MediaKind.Video)).Count);
        disk.Free();
        var (_, path) = await bench.JoinAsync(request);
        await FrameMarks.EqualAsync(FrameMarks.Joined([.. request.Shots], [(1, 72), (2, 72)]), path);
    }

    [Fact]
    public async Task A_disk_that_is_full_when_the_sound_is_mixed_stops_the_join_and_keeps_the_segments()
    {
        // A second of sound takes 192 kB: one shot's, and then its copy in the track, do not fit.
        using var disk = await SmallDisk.MountAsync(megabytes: 1);
        Assert.SkipWhen(disk is null, SmallDisk.NotAllowed);
        using var bench = new JoinBench(data: disk.Path);
        var request = JoinBench.Request(JoinBench.Cut(await bench.ShotAsync(1, 72, "sine=r=48000")));

        var outcome = await bench.RunAsync(request);

        Assert.Equal(GenerationErrorCode.StorageFull, Assert.IsType<JoinOutcome.Unavailable>(outcome).Error.Code);
        Assert.Single(await bench.StoredAsync(MediaKind.Original));
    }
}
