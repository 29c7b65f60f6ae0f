using System.Buffers.Binary;
using System.Globalization;

namespace VideoGen.Silo.Tests.Video;

/// <summary>Videos that play, however ffmpeg complains of them, are taken and counted to the frame.</summary>
public sealed class WholeVideoTests : IDisposable
{
    private readonly VideoBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_video_of_a_model_with_60_frames_a_second_is_whole()
    {
        var path = await _bench.MakeAsync("video.mp4", "-f lavfi -i testsrc2=s=832x480:r=60:d=3 -pix_fmt yuv420p");

        Assert.Equal((180, 60), await CountAsync(path));
    }

    [Theory]
    [InlineData(12)]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(30)]
    [InlineData(50)]
    [InlineData(60)]
    public async Task Every_frame_rate_is_whole_in_every_length_and_time_scale(int rate)
    {
        foreach (var seconds in (int[])[3, 10])
        {
            var encoded = await _bench.MakeAsync(
                "encoded.mp4", $"-f lavfi -i testsrc2=s=64x64:r={rate}:d={seconds} -preset ultrafast -pix_fmt yuv420p");
            foreach (var scale in (int[])[600, 2400, 90_000])
            {
                var path = await _bench.MakeAsync("scaled.mp4", $"-i {encoded} -c copy -video_track_timescale {scale}");
                Assert.Equal((rate * seconds, rate), await CountAsync(path));
            }

            Assert.Equal((rate * seconds, rate), await CountAsync(encoded));
        }
    }

    [Theory]
    [InlineData("B-frames", "-c:v libx264 -bf 4", 72)]
    [InlineData("open groups of pictures", "-c:v libx264 -x264-params open-gop=1:bframes=3:keyint=24", 72)]
    [InlineData("no key frames but the first", "-c:v libx264 -x264-params intra-refresh=1:keyint=24", 72)]
    [InlineData("interlaced", "-c:v libx264 -flags +ildct+ilme", 72)]
    [InlineData("a variable rate", @"-vf select=not(mod(n\,5))+not(mod(n\,7)) -fps_mode vfr -c:v libx264", 23)]
    [InlineData("a long last frame", @"-vf setpts=if(eq(N\,71)\,PTS+3/TB\,PTS) -fps_mode vfr -c:v libx264", 72)]
    [InlineData("fragments", "-c:v libx264 -g 24 -movflags +frag_keyframe+empty_moov", 72)]
    [InlineData("fragments after a beginning", "-c:v libx264 -g 24 -movflags +frag_keyframe+default_base_moof", 72)]
    [InlineData("another codec", "-c:v mpeg4", 72)]
    [InlineData("a late beginning", "-c:v libx264 -output_ts_offset 1.5", 72)]
    public async Task An_MP4_is_whole_with(string what, string encode, int frames)
    {
        Assert.NotEmpty(what);
        var path = await _bench.MakeAsync("video.mp4", $"-f lavfi -i testsrc2=s=128x96:r=24:d=3 {encode} -pix_fmt yuv420p");

        Assert.Equal(frames, (await CountAsync(path)).Frames);
    }

    [Fact]
    public async Task Two_tracks_of_sound_that_last_longer_make_no_difference()
    {
        var path = await _bench.MakeAsync("video.mp4",
            "-f lavfi -i testsrc2=s=128x96:r=24:d=3 -f lavfi -i sine=d=5 -f lavfi -i sine=d=4 -map 0 -map 1 -map 2 -c:a aac");

        Assert.Equal((72, 24), await CountAsync(path));
    }

    [Theory]
    [InlineData("-x264-params open-gop=1:bframes=3:keyint=24", "-ss 1.5", "-c copy", 36)]
    [InlineData("-x264-params open-gop=1:bframes=3:keyint=24", "-ss 1.5", "-c copy -avoid_negative_ts make_zero", 48)]
    [InlineData("-bf 3", "-ss 0.7", "-t 1 -c copy", 25)]
    public async Task A_part_that_was_cut_out_without_encoding_is_whole(string encode, string from, string cut, int frames)
    {
        var source = await _bench.MakeAsync(
            "source.mp4", $"-f lavfi -i testsrc2=s=128x96:r=24:d=3 -c:v libx264 {encode} -pix_fmt yuv420p");
        var path = await _bench.MakeAsync("part.mp4", $"{from} -i {source} {cut}");

        Assert.InRange((await CountAsync(path)).Frames, frames - 3, frames + 3);
    }

    [Fact]
    public async Task An_edit_list_may_end_before_the_frames_do()
    {
        var path = await _bench.MakeAsync("video.mp4",
            "-f lavfi -i testsrc2=s=128x96:r=24:d=3 -c:v libx264 -pix_fmt yuv420p -movflags +faststart");
        var bytes = await File.ReadAllBytesAsync(path);
        var length = bytes.AsSpan().IndexOf("elst"u8) + 12; // type, version and flags, number of entries; in milliseconds
        Assert.Equal(3_000u, BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(length)));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(length), 2_000);
        await File.WriteAllBytesAsync(path, bytes);

        Assert.Equal(2, (await _bench.FactsAsync(path)).DurationSeconds, 0.1);
    }

    [Fact]
    public async Task Frames_that_build_on_what_was_cut_away_may_be_missing()
    {
        var source = await _bench.MakeAsync("source.mp4",
            "-f lavfi -i testsrc2=s=128x96:r=24:d=4 -c:v libx265 -x265-params open-gop=1:keyint=24:log-level=error");
        var raw = await _bench.MakeAsync("raw.hevc", $"-ss 2 -i {source} -c copy -f hevc");
        var path = await _bench.MakeAsync("part.mp4", $"-r 24 -i {raw} -c copy");

        Assert.InRange((await CountAsync(path)).Frames, 40, 60);
    }

    [Theory]
    [InlineData("video.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8", "vp9")]
    [InlineData("video.webm", "-c:v libvpx -deadline realtime -cpu-used 8", "vp8")]
    [InlineData("video.webm", "-c:v libvpx -deadline realtime -cpu-used 8 -live 1", "vp8")] // no length, no index
    [InlineData("video.mkv", "-c:v libx264", "h264")]
    [InlineData("video.mov", "-c:v prores_ks", "prores")]
    [InlineData("video.mov", "-c:v libx264 -movflags +faststart", "h264")]
    [InlineData("video.gif", "-c:v gif", "gif")]
    public async Task Other_containers_are_whole_too_and_are_never_handed_out_as_they_are(
        string name, string encode, string codec)
    {
        var path = await _bench.MakeAsync(name, $"-f lavfi -i testsrc2=s=128x96:r=25:d=2 {encode}");

        var facts = await _bench.FactsAsync(path);

        Assert.Equal((codec, 50, 25), (facts.Codec, facts.Frames, (int)Math.Round(facts.FrameRate)));
        Assert.Equal(2, facts.DurationSeconds, 0.05);
        Assert.False(facts.IsFastStart);
    }

    [Fact]
    public async Task A_WebM_whose_sound_lasts_longer_is_whole()
    {
        var path = await _bench.MakeAsync("video.webm",
            "-f lavfi -i testsrc2=s=128x96:r=24:d=2 -f lavfi -i sine=d=4 -c:v libvpx -deadline realtime -c:a libopus");

        Assert.Equal(48, (await CountAsync(path)).Frames);
    }

    [Fact]
    public async Task A_QuickTime_file_without_a_brand_is_whole()
    {
        var path = await _bench.MakeAsync("video.mov", "-f lavfi -i testsrc2=s=128x96:r=24:d=1 -c:v libx264");
        await using (var file = File.OpenWrite(path))
        {
            file.Position = 4;
            file.Write("free"u8);
        }

        Assert.Equal(24, (await CountAsync(path)).Frames);
    }

    private async Task<(int Frames, int Rate)> CountAsync(string path)
    {
        var facts = await _bench.FactsAsync(path);
        return (facts.Frames, int.Parse($"{facts.FrameRate:0}", CultureInfo.CurrentCulture));
    }
}
