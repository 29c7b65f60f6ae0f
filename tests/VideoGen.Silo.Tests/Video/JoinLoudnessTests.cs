using VideoGen.Silo.Video;
using VideoGen.Testing;

namespace VideoGen.Silo.Tests.Video;

public sealed class JoinLoudnessTests
{
    [Fact]
    public void What_the_filter_measured_is_what_it_is_told() => Assert.Equal(
        "loudnorm=I=-16:TP=-1.5:LRA=50:linear=true:measured_I=-27.5:measured_TP=-4.47:measured_LRA=0.1:measured_thresh=-39.2",
        Loudness.Read(Report("-27.50", "-4.47", "0.00"))!.Level);

    [Fact]
    public void The_gain_of_a_very_quiet_sound_is_limited() =>
        Assert.Contains("I=-21.5:", Loudness.Read(Report("-45.5", "-30", "3"))!.Level, StringComparison.Ordinal);

    [Theory]
    [InlineData("-inf", "-inf")]
    [InlineData("-50.01", "-40")]
    [InlineData("nan", "nan")]
    [InlineData("-70.00", "-inf")]
    public void Silence_stays_as_it_is(string integrated, string peak) =>
        Assert.Null(Loudness.Read(Report(integrated, peak, "0.00")));

    [Theory]
    [InlineData("")]
    [InlineData("nothing measured")]
    [InlineData("} {")]
    public void Without_a_report_the_sound_stays_as_it_is(string printed) => Assert.Null(Loudness.Read(printed));

    [Fact]
    public async Task Tracks_are_added_where_they_overlap_and_silent_where_there_is_none()
    {
        using var directory = new TemporaryDirectory();
        var (track, piece) = (Path.Combine(directory.Path, "track"), Path.Combine(directory.Path, "piece"));
        await File.WriteAllBytesAsync(piece, Samples(20_000, frames: 30));

        await PcmTrack.AddAsync(piece, track, 10, default);
        await PcmTrack.AddAsync(piece, track, 39, default);

        var expected = new byte[10 * 8000]
            .Concat(Samples(20_000, 29)).Concat(Samples(short.MaxValue, 1)).Concat(Samples(20_000, 29));
        Assert.Equal(expected, await File.ReadAllBytesAsync(track));
    }

    private static byte[] Samples(short value, int frames) =>
        [.. Enumerable.Repeat(BitConverter.GetBytes(value), frames * 2 * PcmTrack.SamplesPerFrame).SelectMany(bytes => bytes)];

    private static string Report(string integrated, string peak, string range) => $$"""
        [Parsed_loudnorm_0 @ 0x5581]
        {
        	"input_i" : "{{integrated}}",
        	"input_tp" : "{{peak}}",
        	"input_lra" : "{{range}}",
        	"input_thresh" : "-39.20",
        	"output_i" : "-16.58",
        	"normalization_type" : "dynamic",
        	"target_offset" : "0.58"
        }
        size=N/A time=00:00:05.00 bitrate=N/A speed= 200x
        """;
}
