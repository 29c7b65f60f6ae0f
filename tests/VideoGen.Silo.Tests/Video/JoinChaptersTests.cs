using System.Text;
using System.Text.Json;
using CliWrap;
using VideoGen.Silo.Video;

namespace VideoGen.Silo.Tests.Video;

public sealed class JoinChaptersTests
{
    private const string Strange =
        "a=b; #c \\ d\\\\ 'e' \"f\"\n[CHAPTER]\r\ntitle=\0x \u202ebidi 日本語 👩‍👩‍👧 % $(id)";

    [Fact]
    public async Task Chapters_begin_with_their_shots_and_bear_their_titles()
    {
        using var bench = new JoinBench();

        var (_, path) = await bench.JoinAsync(JoinBench.Request(
            JoinBench.Cut(await bench.ShotAsync(1, 72, "sine"), Strange),
            JoinBench.Cut(await bench.ShotAsync(2, 72), new string('ü', 500)) with { FadeFrames = 12 },
            JoinBench.Cut(await bench.ShotAsync(3, 72), "") with { DropsFirstFrame = true },
            JoinBench.Cut(await bench.ShotAsync(4, 72), "Last")));

        var chapters = await ChaptersAsync(path);
        Assert.Equal([0, 2.5, 5.5, 203 / 24.0], chapters.Select(chapter => chapter.Start), Near);
        Assert.Equal([2.5, 5.5, 203 / 24.0, 275 / 24.0], chapters.Select(chapter => chapter.End), Near);
        Assert.Equal(
            [ChapterList.Title(Strange), new string('ü', 80) + "…", "", "Last"], chapters.Select(chapter => chapter.Title));
    }

    [Theory]
    [InlineData("  Two\n\nlines\tand a tab ", "Two lines and a tab")]
    [InlineData("\0\u0001\u0085", "")]
    public void A_title_is_one_line_of_text(string text, string title) => Assert.Equal(title, ChapterList.Title(text));

    [Fact]
    public void Half_a_character_is_replaced() =>
        Assert.Equal("half \ufffd of a pair", ChapterList.Title($"half {'\ud83d'} of a pair"));

    [Fact]
    public void A_title_is_cut_between_characters_and_short_enough_for_MP4()
    {
        const string Family = "👩‍👩‍👧";

        var title = ChapterList.Title(string.Concat(Enumerable.Repeat(Family, 100)));

        Assert.Equal("", title.Replace(Family, "", StringComparison.Ordinal).Replace("…", "", StringComparison.Ordinal));
        Assert.InRange(Encoding.UTF8.GetByteCount(title), 200, 255);
    }

    private static bool Near(double one, double other) => Math.Abs(one - other) < 0.0015;

    private static async Task<List<(double Start, double End, string Title)>> ChaptersAsync(string path)
    {
        var text = new StringBuilder();
        await Cli.Wrap("ffprobe")
            .WithArguments(["-v", "error", "-show_chapters", "-of", "json", path])
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(text, Encoding.UTF8))
            .ExecuteAsync();
        using var report = JsonDocument.Parse(text.ToString());
        return [.. report.RootElement.GetProperty("chapters").EnumerateArray().Select(chapter => (
            Seconds(chapter, "start_time"), Seconds(chapter, "end_time"),
            chapter.TryGetProperty("tags", out var tags) && tags.TryGetProperty("title", out var title)
                ? title.GetString()! : ""))];
    }

    private static double Seconds(JsonElement chapter, string name) =>
        double.Parse(chapter.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
}
