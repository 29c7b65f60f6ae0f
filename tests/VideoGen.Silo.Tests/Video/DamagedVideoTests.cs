using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Video;

namespace VideoGen.Silo.Tests.Video;

/// <summary>What is not there or cannot be decoded is found in every container, although the beginning is in order.</summary>
public sealed class DamagedVideoTests : IDisposable
{
    private const string Mp4 = "-c:v libx264 -pix_fmt yuv420p -movflags +faststart";
    private const string Sound = "-f lavfi -i sine=d=3 -c:a aac -shortest " + Mp4;
    private const string Vp9 = "-c:v libvpx-vp9 -deadline realtime -cpu-used 8";
    private const string Vp8 = "-c:v libvpx -deadline realtime -cpu-used 8";

    private readonly VideoBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("video.mp4", Mp4)]
    [InlineData("video.mp4", Sound)]
    [InlineData("video.mp4", "-c:v mpeg4 -movflags +faststart")]
    [InlineData("video.mp4", "-c:v libx264 -pix_fmt yuv420p")] // the index is at the end
    [InlineData("video.mp4", "-c:v libx264 -g 24 -movflags +frag_keyframe+empty_moov")]
    [InlineData("video.mov", "-c:v prores_ks -movflags +faststart")]
    [InlineData("video.webm", Vp9)]
    [InlineData("video.webm", Vp8)]
    [InlineData("video.webm", Vp8 + " -live 1")]
    [InlineData("video.gif", "-c:v gif")]
    public async Task A_video_that_was_cut_off_is_refused_wherever_that_was(string name, string encode)
    {
        var path = await MakeAsync(name, encode);
        var whole = await File.ReadAllBytesAsync(path);
        foreach (var part in (double[])[0.3, 0.5, 0.9, 0.99])
        {
            await File.WriteAllBytesAsync(path, whole[..(int)(whole.Length * part)]);

            await AssertRefusedAsync(path, $"{part:P0}");
        }
    }

    [Theory]
    [InlineData("video.mp4", Mp4)]
    [InlineData("video.mp4", "-c:v mpeg4 -movflags +faststart")]
    [InlineData("video.webm", Vp9)]
    [InlineData("video.webm", Vp8)]
    [InlineData("video.gif", "-c:v gif")]
    public async Task A_video_with_a_corrupted_middle_is_refused(string name, string encode)
    {
        var path = await MakeAsync(name, encode);
        var bytes = await File.ReadAllBytesAsync(path);
        new Random(20261129).NextBytes(bytes.AsSpan(bytes.Length / 2, 8_000));
        await File.WriteAllBytesAsync(path, bytes);

        await AssertRefusedAsync(path, "its middle");
    }

    [Fact]
    public async Task Sound_that_was_cut_off_shows_that_the_file_is_not_all_there()
    {
        var path = await _bench.MakeAsync("video.mp4",
            $"-f lavfi -i testsrc2=s=256x192:r=24:d=1 -f lavfi -i sine=d=9 -c:a aac {Mp4}");
        await using (var file = File.OpenWrite(path))
        {
            file.SetLength(file.Length * 8 / 10);
        }

        await AssertRefusedAsync(path, "its sound");
    }

    private Task<string> MakeAsync(string name, string encode) =>
        _bench.MakeAsync(name, $"-f lavfi -i testsrc2=s=256x192:r=24:d=3 {encode}");

    private async Task AssertRefusedAsync(string path, string what)
    {
        var outcome = await _bench.Processor.InspectAsync(path, CancellationToken.None);

        var refused = outcome as InspectOutcome.Refused;
        Assert.True(refused is not null, $"{Path.GetFileName(path)} with {what} is {outcome}");
        Assert.Equal((GenerationErrorCode.ResultUnusable, RefusalKind.Damaged), (refused.Error.Code, refused.Kind));
        Assert.Contains("damaged or truncated", refused.Error.Message, StringComparison.Ordinal);
    }
}
