using System.Text.Json;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Storyboards;

/// <summary>
/// What the joined video of a finished storyboard has to show, made from the videos of its shots as they are served: every frame
/// in its place, and none twice.
/// </summary>
internal sealed class Cutting
{
    /// <summary>A frame that is encoded once more differs by about one; another one of a moving picture by far more.</summary>
    private const double Noise = 4;

    private readonly List<double[]> _frames = [];
    private readonly List<Mark> _chapters = [];

    private Cutting(IReadOnlyList<Footage> shots) => Shots = shots;

    /// <summary>The videos of the shots.</summary>
    public IReadOnlyList<Footage> Shots { get; }

    /// <summary>The frames at which the shots begin.</summary>
    public IReadOnlyList<int> Starts => [.. _chapters.Select(chapter => chapter.Frame)];

    public int Frames => _frames.Count;

    /// <summary>Downloads the shots and puts their frames together.</summary>
    public static async Task<Cutting> OfAsync(HttpClient client, JsonElement board)
    {
        List<Footage> shots = [];
        foreach (var shot in board.Shots())
        {
            shots.Add(await Footage.DownloadAsync(client, shot.Text("videoUrl")));
        }

        var cutting = new Cutting(shots);
        foreach (var (index, shot) in board.Shots().Index())
        {
            var transition = shot.GetProperty("transition") is { ValueKind: JsonValueKind.Object } own
                ? own
                : board.GetProperty("transition");
            var fade = index > 0 && transition.Text("type") == "crossfade"
                ? (int)Math.Round(transition.GetProperty("seconds").GetDouble() * 24)
                : 0;
            cutting.Add(shots[index], shot.Text("script"), Repeats(board, index) ? 1 : 0, fade);
        }

        return cutting;
    }

    /// <summary>Asserts that the joined video is exactly this.</summary>
    public async Task<Footage> CheckAsync(HttpClient client, JsonElement board)
    {
        Assert.Equal("completed", board.Text("status"));
        var joined = await Footage.DownloadAsync(client, board.Text("videoUrl"));
        Assert.Equal(Frames, joined.Frames);
        Assert.Equal(_chapters, joined.Chapters);
        Assert.Equal(
            _chapters.Select(chapter => Math.Round(chapter.Frame / 24.0, 3)),
            board.GetProperty("chapters").EnumerateArray().Select(chapter => chapter.GetProperty("startSeconds").GetDouble()));
        for (var frame = 0; frame < Frames; frame++)
        {
            var distance = Footage.Distance(_frames[frame], joined.Frame(frame));
            Assert.True(distance < Noise, $"Frame {frame} of {Frames} differs by {distance:0.0}; shots begin at "
                + $"{string.Join(", ", Starts)}.");
        }

        return joined;
    }

    /// <summary>Asserts that no other cut would fit better: by one frame earlier or later.</summary>
    public void IsExact(Footage joined)
    {
        foreach (var (start, end) in Starts.Zip(Starts.Skip(1).Append(Frames)))
        {
            var (exact, early, late) = (Sum(0), Sum(-1), Sum(1));
            Assert.True(exact < early && exact < late, $"From frame {start}: {early:0.0}, {exact:0.0}, {late:0.0}.");

            double Sum(int by) => Enumerable.Range(start + 1, end - start - 2)
                .Sum(frame => Footage.Distance(_frames[frame + by], joined.Frame(frame)));
        }
    }

    /// <summary>Whether the first frame of a shot is the last one of the previous shot.</summary>
    private static bool Repeats(JsonElement board, int index) => index > 0
        && board.Shots()[index].Text("startedFrom") is { } from && from == board.Shots()[index - 1].Text("generationId");

    private void Add(Footage shot, string script, int first, int fade)
    {
        var start = _frames.Count - fade;
        _chapters.Add(new Mark(start, script));
        for (var frame = first; frame < shot.Frames; frame++)
        {
            var picture = shot.Frame(frame);
            var shown = frame - first;
            if (shown >= fade)
            {
                _frames.Add(picture);
                continue;
            }

            var weight = (shown + 1.0) / (fade + 1);
            _frames[start + shown] = [.. _frames[start + shown].Zip(picture, (a, b) => (a * (1 - weight)) + (b * weight))];
        }
    }
}
