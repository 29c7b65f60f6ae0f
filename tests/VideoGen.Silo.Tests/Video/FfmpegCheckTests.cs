using VideoGen.ServiceDefaults;
using VideoGen.Silo.Video;

namespace VideoGen.Silo.Tests.Video;

public sealed class FfmpegCheckTests : IDisposable
{
    private readonly VideoBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task An_ffmpeg_with_H264_lets_the_start_go_on() =>
        await new FfmpegCheck(_bench.Ffmpeg).StartingAsync(CancellationToken.None);

    [Theory]
    [InlineData("no-such-tool", "ffprobe")]
    [InlineData("ffmpeg", "no-such-tool")]
    public async Task A_missing_tool_stops_the_start_and_says_how_to_install_it(string ffmpeg, string ffprobe)
    {
        var exception = await CheckAsync(new VideoOptions { FfmpegPath = ffmpeg, FfprobePath = ffprobe });

        Assert.Contains(ffmpeg is "ffmpeg" ? "cannot run ffprobe" : "cannot run ffmpeg", exception.Message);
        Assert.Contains("apt-get install ffmpeg", exception.Message);
    }

    [Fact]
    public async Task An_ffmpeg_without_H264_stops_the_start()
    {
        var script = await _bench.ScriptAsync("ffmpeg", "echo \"Unknown encoder 'libx264'\" >&2; exit 1");

        Assert.Contains("libx264", (await CheckAsync(new VideoOptions { FfmpegPath = script })).Message);
    }

    private static async Task<StartupException> CheckAsync(VideoOptions options)
    {
        using var bench = new VideoBench(options);
        return await Assert.ThrowsAsync<StartupException>(
            () => new FfmpegCheck(bench.Ffmpeg).StartingAsync(CancellationToken.None));
    }
}
