using System.Globalization;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using VideoGen.FakeHub;
using VideoGen.FakeHub.Faults;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Videos;

/// <summary>Shape, size, length and sound of a video are those of the request, whatever the picture and the result.</summary>
[Collection(nameof(Alone))]
public sealed class ShapeAndSoundTests : IAsyncLifetime
{
    private FakeHubServer _hub = null!;
    private ApiProcess _preview = null!;
    private ApiProcess _model = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await Hub.StartAsync();
        (_preview, _model) = (
            await ApiProcess.StartAsync(), await ApiProcess.StartAsync(Hub.Settings(_hub, "fal-ai")));
    }

    public async ValueTask DisposeAsync()
    {
        await _preview.DisposeAsync();
        await _model.DisposeAsync();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task Previews_of_all_shapes_from_pictures_of_all_kinds_have_exactly_the_requested_size_and_length()
    {
        (string Picture, string Request, int Width, int Height, int Seconds)[] table =
        [
            ("jpg 400x600", """ "aspectRatio":"1:1","quality":512,"duration":3""", 512, 512, 3),
            ("png 640x360", """ "aspectRatio":"16:9","quality":512,"duration":4""", 910, 512, 4),
            ("webp 500x500", """ "aspectRatio":"9:16","quality":512,"duration":3,"fit":"contain" """, 512, 910, 3),
            ("jpg 900x300", """ "aspectRatio":"4:3","quality":512,"duration":3,"fit":"contain" """, 682, 512, 3),
            ("png 300x900", """ "aspectRatio":"3:4","quality":768,"duration":3""", 768, 1024, 3),
            ("webp 640x480", """ "aspectRatio":"21:9","quality":512,"duration":3""", 1194, 512, 3),
            ("jpg 602x402", """ "aspectRatio":"source","quality":512,"duration":3""", 766, 512, 3),
        ];
        foreach (var (picture, request, width, height, seconds) in table)
        {
            var image = await UploadAsync(picture);

            var end = await OrderAsync(_preview.Client, image, request);

            Assert.True(end.Outcome() == "completed", $"{picture} {request}: {end}");
            var film = await ProbeAsync(_preview.Client, end);
            Assert.Equal($"h264,{width},{height},24/1,{24 * seconds}", film.Video);
            Assert.Equal("", film.Audio);
            Assert.False(end.GetProperty("sound").GetBoolean());
        }
    }

    [Theory]
    [InlineData(""" "aspectRatio":"16:9","quality":512,"duration":3""", 910, 512, 3, 0)]
    [InlineData(""" "aspectRatio":"9:16","quality":512,"duration":7,"fit":"contain" """, 512, 910, 7, 3)]
    [InlineData(""" "quality":512,"duration":4""", 512, 512, 4, 0)]
    public async Task Sound_is_kept_and_the_length_is_reached_without_stretching(
        string request, int width, int height, int seconds, double held)
    {
        _hub.Faults.Add(FaultKind.Sound, "loud");

        var end = await OrderAsync(_model.Client, await _model.Client.UploadAsync(), request, "She is loud.");

        Assert.True(end.Outcome() == "completed", $"{end}");
        Assert.True(end.GetProperty("sound").GetBoolean());
        Assert.Equal(JsonValueKind.Null, end.GetProperty("film").GetProperty("playbackRate").ValueKind);
        Assert.Equal(held, end.GetProperty("film").GetProperty("heldSeconds").GetDouble(), 0.05);
        var film = await ProbeAsync(_model.Client, end);
        Assert.Equal($"h264,{width},{height},24/1,{24 * seconds}", film.Video);
        Assert.Equal("aac,48000,2", film.Audio);
    }

    [Fact]
    public async Task Sound_is_removed_on_request_and_a_silent_result_is_stretched_and_says_so()
    {
        _hub.Faults.Add(FaultKind.Sound, "hushed");
        var image = await _model.Client.UploadAsync();

        var hushed = await OrderAsync(_model.Client, image, """ "quality":512,"duration":3,"sound":false""", "She is hushed.");
        var silent = await OrderAsync(_model.Client, image, """ "quality":512,"duration":10""", "She is silent.");

        Assert.Equal(("completed", "completed"), (hushed.Outcome(), silent.Outcome()));
        Assert.False(hushed.GetProperty("sound").GetBoolean());
        Assert.Equal("", (await ProbeAsync(_model.Client, hushed)).Audio);

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

    /// <summary>A picture such as <c>webp 400x600</c>.</summary>
    private async Task<string> UploadAsync(string picture)
    {
        var (type, size) = (picture.Split(' ')[0], picture.Split(' ')[1]);
        using var folder = new TemporaryDirectory();
        var path = Path.Combine(folder.Path, $"picture.{type}");
        await Cli.Wrap("ffmpeg")
            .WithArguments(["-v", "error", "-f", "lavfi", "-i", $"testsrc2=s={size}", "-frames:v", "1", path])
            .ExecuteAsync();
        using var uploaded = await _preview.Client.UploadAsync(await File.ReadAllBytesAsync(path));
        var answer = await uploaded.JsonAsync();
        Assert.Equal(size, string.Create(CultureInfo.InvariantCulture,
            $"{answer.GetProperty("width").GetInt32()}x{answer.GetProperty("height").GetInt32()}"));
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
