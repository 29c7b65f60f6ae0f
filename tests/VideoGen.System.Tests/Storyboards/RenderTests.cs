using System.Text.Json;
using CliWrap;
using VideoGen.FakeHub.Faults;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Storyboards;

/// <summary>The whole way from a storyboard to its joined video, frame by frame, through the built program.</summary>
public sealed class RenderTests
{
    private const string Loud = "loud";

    [Theory]
    [InlineData(Maker.Previews)]
    [InlineData(Maker.Paid)]
    [InlineData(Maker.Comfy)]
    public async Task Eight_shots_become_one_video_with_every_frame_in_its_place_and_none_twice(string who)
    {
        await using var maker = await Maker.StartAsync(who);
        var (bars, fractal) = (await UploadAsync(maker.Client, "smptebars"), await UploadAsync(maker.Client, "mandelbrot"));

        var id = await maker.Client.RenderBoardAsync([
            Boards.Shot("One."), Boards.Shot("Two.", Boards.Previous), Boards.Shot("Three.", Boards.Previous),
            Boards.Shot("Four.", Boards.Previous), Boards.Shot("Five.", Boards.From(bars)),
            Boards.Shot("Six.", Boards.From(fractal) + Boards.Fade()), Boards.Shot("Seven."),
            Boards.Shot("Eight.", Boards.From(bars))]);
        var board = await maker.Client.EndBoardAsync(id);

        Assert.True(board.Text("status") == "completed", $"{board}");
        var cutting = await Cutting.OfAsync(maker.Client, board);
        Assert.Equal((8 * Film.AskedFrames) - 12 - 3, cutting.Frames);
        Assert.Equal([0, 72, 143, 214, 285, 345, 417, 489], cutting.Starts);
        var joined = await cutting.CheckAsync(maker.Client, board);
        cutting.IsExact(joined);
        Assert.Equal(who == Maker.Previews, board.GetProperty("preview").GetBoolean());
        Assert.Equal(maker.Charged is null ? null : 8, maker.Charged);
        if (who == Maker.Previews)
        {
            IsChained(cutting);
        }
    }

    [Fact]
    public async Task Sound_is_heard_at_the_frame_where_it_is_seen_and_silent_shots_stay_silent()
    {
        await using var maker = await Maker.StartAsync(Maker.Paid);
        maker.Hub!.Faults.Add(FaultKind.Sound, Loud);

        var id = await maker.Client.RenderBoardAsync([
            Boards.Shot("It is quiet."), Boards.Shot("It is loud.", Boards.Previous), Boards.Shot("It is loud again."),
            Boards.Shot("It is quiet again.", Boards.Fade())]);
        var board = await maker.Client.EndBoardAsync(id);

        var cutting = await Cutting.OfAsync(maker.Client, board);
        var joined = await cutting.CheckAsync(maker.Client, board);
        Assert.True(joined.HasSound);
        Assert.Equal([false, true, true, false], cutting.Shots.Select(shot => shot.HasSound));

        // The first frame of shot 2 is not shown, so its second second begins a frame earlier. AAC smears by some milliseconds.
        Assert.Equal(cutting.Starts[1] + 23, FlashFrom(joined, cutting.Starts[1]));
        Assert.Equal(cutting.Starts[2] + 24, FlashFrom(joined, cutting.Starts[2]));
        var seconds = cutting.Starts.Append(joined.Frames).Select(frame => frame / 24.0).ToList();
        Assert.Equal(seconds[1] + (23 / 24.0), joined.HeardFrom(0, seconds[2])!.Value, 0.045);
        Assert.Equal(seconds[2] + 1, joined.HeardFrom(seconds[2], seconds[4])!.Value, 0.045);
        Assert.Null(joined.HeardFrom(seconds[3], seconds[4]));
    }

    [Fact]
    public async Task A_shot_that_is_regenerated_costs_one_submit_and_changes_nothing_else_and_a_new_transition_costs_nothing()
    {
        await using var maker = await Maker.StartAsync(Maker.Paid);
        maker.Hub!.Faults.Add(FaultKind.Sound, Loud);
        var id = await maker.Client.RenderBoardAsync([
            Boards.Shot("One."), Boards.Shot("Two."), Boards.Shot("Three.", Boards.Previous)]);
        var first = await maker.Client.EndBoardAsync(id);
        Assert.Equal(3, maker.Charged);

        await maker.Client.SendOkAsync(HttpMethod.Post, $"/storyboards/{id}/shots/1/regenerate", """{"script":"One, loud."}""");
        var redone = await maker.Client.EndBoardAsync(id);

        Assert.Equal(4, maker.Charged);
        Assert.Equal(1, maker.Hub.Submits.Count("One, loud.").Accepted);
        Assert.Equal(VideosOf(first)[1..], VideosOf(redone)[1..]);
        Assert.NotEqual(VideosOf(first)[0], VideosOf(redone)[0]);
        Assert.NotEqual(first.Text("videoUrl"), redone.Text("videoUrl"));
        await (await Cutting.OfAsync(maker.Client, redone)).CheckAsync(maker.Client, redone);

        await maker.Client.SendOkAsync(HttpMethod.Patch, $"/storyboards/{id}", "{" + Boards.Fade("0.25")[1..] + "}");
        var faded = await maker.Client.EndBoardAsync(id);

        Assert.Equal(4, maker.Charged);
        Assert.Equal(VideosOf(redone), VideosOf(faded));
        var cutting = await Cutting.OfAsync(maker.Client, faded);
        Assert.Equal((3 * Film.AskedFrames) - 1 - (2 * 6), cutting.Frames);
        await cutting.CheckAsync(maker.Client, faded);
        foreach (var old in new[] { first, redone })
        {
            await Eventually.TrueAsync(
                async () => !(await maker.Client.GetAsync(old.Text("videoUrl"))).IsSuccessStatusCode,
                "An earlier joined video is still there.");
        }
    }

    private static string[] VideosOf(JsonElement board) => [.. board.Shots().Select(shot => shot.Text("videoUrl"))];

    /// <summary>A preview begins with its picture, so one that starts from the previous shot begins with its end.</summary>
    private static void IsChained(Cutting cutting)
    {
        for (var shot = 1; shot <= 3; shot++)
        {
            var before = cutting.Shots[shot - 1];
            var distance = Footage.Distance(before.Frame(before.Frames - 1), cutting.Shots[shot].Frame(0));
            Assert.True(distance < 4, $"Shot {shot + 1} begins {distance:0.0} away from the end of the one before.");
        }
    }

    /// <summary>The first white frame from here on.</summary>
    private static int FlashFrom(Footage video, int frame) =>
        Enumerable.Range(frame, video.Frames - frame).First(index => video.Frame(index).Average() > 128);

    private static async Task<string> UploadAsync(HttpClient client, string source)
    {
        using var folder = new TemporaryDirectory();
        var path = Path.Combine(folder.Path, "picture.png");
        await Cli.Wrap("ffmpeg")
            .WithArguments(["-v", "error", "-f", "lavfi", "-i", $"{source}=s=640x640", "-frames:v", "1", path])
            .ExecuteAsync();
        using var uploaded = await client.UploadAsync(await File.ReadAllBytesAsync(path), type: "image/png");
        return (await uploaded.JsonAsync()).Text("imageUrl");
    }
}
