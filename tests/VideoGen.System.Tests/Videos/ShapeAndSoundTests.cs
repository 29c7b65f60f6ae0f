using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using VideoGen.FakeHub.Faults;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Videos;

/// <summary>Shape, size, length and sound of a video are those of the request, whatever the picture and the result.</summary>
public sealed class ShapeAndSoundTests(ShapeServers servers) : IClassFixture<ShapeServers>
{
    [Fact]
    public async Task Previews_of_all_shapes_from_pictures_of_all_kinds_have_exactly_the_requested_size_and_length()
    {
        var pictures = from format in (string[])["jpg", "png", "webp", "avif"]
                       from size in (FrameSize[])[new(400, 600), new(640, 360), new(500, 500)]
                       select (format, size);
        foreach (var (number, (format, size)) in pictures.Index())
        {
            var image = await UploadAsync(format, size);
            foreach (var (shape, side, seconds, fit) in OrdersFor(number))
            {
                var request = $$""" "aspectRatio":"{{shape}}","quality":{{side}},"duration":{{seconds}},"fit":"{{fit}}" """;

                var end = await OrderAsync(servers.Preview, image, request);

                Assert.True(end.Outcome() == "completed", $"{format} {size} {request}: {end}");
                var film = await ProbeAsync(servers.Preview, end);
                var frame = (AspectRatio.Of(shape) ?? size).WithShortSide(side);
                Assert.Equal($"h264,{frame.Width},{frame.Height},24/1,{24 * seconds}", film.Video);
                Assert.Equal("", film.Audio);
                Assert.False(end.GetProperty("sound").GetBoolean());
            }
        }
    }

    /// <summary>
    /// What is ordered of the twelve pictures: one video of each, so that together they have every shape, size and length. In a
    /// long run every shape of each, and of the first one at every size and length.
    /// </summary>
    private static IEnumerable<(string Shape, int Side, int Seconds, string Fit)> OrdersFor(int picture)
    {
        string[] shapes = ["16:9", "1:1", "9:16", "source", "21:9", "3:4", "4:3"];
        return TestSettings.LongRounds is null
            ? [(shapes[picture % 7], picture switch { 5 => 768, 8 => 1024, _ => 512 }, LengthOf(picture), FitOf(picture % 4))]
            : from shape in shapes
              from side in picture == 0 ? (int[])[512, 768, 1024] : [512]
              from seconds in picture == 0 ? (int[])[3, 5, 7, 10] : [3 + picture % 2]
              select (shape, side, seconds, FitOf(seconds));

        static string FitOf(int number) => number == 3 ? "contain" : "cover";

        // Every length once, the larger sizes at the shortest.
        static int LengthOf(int picture) => picture switch { < 5 => 3 + picture, 6 or 7 => 2 + picture, 9 => 10, _ => 3 };
    }

    [Theory]
    [InlineData(""" "aspectRatio":"16:9","quality":512,"duration":3""", 910, 512, 3, 0)]
    [InlineData(""" "aspectRatio":"9:16","quality":512,"duration":7,"fit":"contain" """, 512, 910, 7, 3)]
    [InlineData(""" "quality":512,"duration":4""", 512, 512, 4, 0)]
    public async Task Sound_is_kept_and_the_length_is_reached_without_stretching(
        string request, int width, int height, int seconds, double held)
    {
        servers.Hub.Faults.Add(FaultKind.Sound, "loud");

        var end = await OrderAsync(servers.Model, await servers.Model.UploadAsync(), request, "She is loud.");

        Assert.True(end.Outcome() == "completed", $"{end}");
        Assert.True(end.GetProperty("sound").GetBoolean());
        Assert.Equal(JsonValueKind.Null, end.GetProperty("film").GetProperty("playbackRate").ValueKind);
        Assert.Equal(held, end.GetProperty("film").GetProperty("heldSeconds").GetDouble(), 0.05);
        var film = await ProbeAsync(servers.Model, end);
        Assert.Equal($"h264,{width},{height},24/1,{24 * seconds}", film.Video);
        Assert.Equal("aac,48000,2", film.Audio);
    }

    [Fact]
    public async Task Sound_is_removed_on_request_and_a_silent_result_is_stretched_and_says_so()
    {
        servers.Hub.Faults.Add(FaultKind.Sound, "hushed");
        var image = await servers.Model.UploadAsync();

        var hushed = await OrderAsync(servers.Model, image, """ "quality":512,"duration":3,"sound":false""", "She is hushed.");
        var silent = await OrderAsync(servers.Model, image, """ "quality":512,"duration":10""", "She is silent.");

        Assert.Equal(("completed", "completed"), (hushed.Outcome(), silent.Outcome()));
        Assert.False(hushed.GetProperty("sound").GetBoolean());
        Assert.Equal("", (await ProbeAsync(servers.Model, hushed)).Audio);

        // The stand-in makes 81 frames at 16 a second, whatever it is asked for.
        Assert.Equal(81 / 16.0 / 10, silent.GetProperty("film").GetProperty("playbackRate").GetDouble(), 0.01);
        Assert.False(silent.GetProperty("sound").GetBoolean());
    }

    private static async Task<JsonElement> OrderAsync(
        HttpClient client, string image, string request, string script = "She waves.")
    {
        using var ordered = await client.PostJsonAsync(
            "/generate-video", $$"""{"characterImageUrl":"{{image}}","script":"{{script}}",{{request}}}""");
        ordered.EnsureSuccessStatusCode();
        return await client.EndAsync((await ordered.JsonAsync()).Text("id")!);
    }

    private async Task<string> UploadAsync(string format, FrameSize size)
    {
        using var folder = new TemporaryDirectory();
        var path = Path.Combine(folder.Path, $"picture.{format}");
        await Cli.Wrap("ffmpeg")
            .WithArguments(["-v", "error", "-f", "lavfi", "-i", $"testsrc2=s={size.Width}x{size.Height}", "-frames:v", "1", path])
            .ExecuteAsync();
        using var uploaded = await servers.Preview.UploadAsync(await File.ReadAllBytesAsync(path));
        var answer = await uploaded.JsonAsync();
        Assert.Equal(size, new(answer.GetProperty("width").GetInt32(), answer.GetProperty("height").GetInt32()));
        return answer.Text("imageUrl")!;
    }

    private static async Task<(string Video, string Audio)> ProbeAsync(HttpClient client, JsonElement generation)
    {
        using var folder = new TemporaryDirectory();
        var path = Path.Combine(folder.Path, "film.mp4");
        await File.WriteAllBytesAsync(path, await client.GetByteArrayAsync(generation.Text("videoUrl")));
        return (await AskAsync("v:0", "codec_name,width,height,r_frame_rate,nb_read_frames"),
            await AskAsync("a", "codec_name,sample_rate,channels"));

        async Task<string> AskAsync(string track, string fields) => (await Cli.Wrap("ffprobe")
            .WithArguments(["-v", "error", "-count_frames", "-select_streams", track, "-of", "csv=p=0",
                "-show_entries", $"stream={fields}", path])
            .ExecuteBufferedAsync()).StandardOutput.Trim();
    }
}
