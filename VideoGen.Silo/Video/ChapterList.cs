using System.Globalization;
using System.Text;
using VideoGen.Grains.Storyboards.Join;
using VideoGen.Grains.Video;

namespace VideoGen.Silo.Video;

/// <summary>
/// The chapters of a video in the format <c>ffmetadata</c> (https://ffmpeg.org/ffmpeg-formats.html#Metadata-2).
/// </summary>
internal static class ChapterList
{
    private const int MaxCharacters = 80;

    // A player lists titles in one line, and MP4 has a byte for their length.
    private const int MaxBytes = 240;

    public static string Of(IReadOnlyList<Chapter> chapters, int frames)
    {
        var text = new StringBuilder(";FFMETADATA1\n");
        for (var chapter = 0; chapter < chapters.Count; chapter++)
        {
            var end = chapter + 1 < chapters.Count ? chapters[chapter + 1].StartFrame : frames;
            text.Append(CultureInfo.InvariantCulture,
                $"[CHAPTER]\nTIMEBASE=1/{VideoShape.FrameRate}\nSTART={chapters[chapter].StartFrame}\nEND={end}\n"
                + $"title={Escaped(Title(chapters[chapter].Title))}\n");
        }

        return text.ToString();
    }

    /// <summary>One line of at most 80 characters as readers count them, without control characters.</summary>
    internal static string Title(string text)
    {
        var line = string.Join(' ', string.Concat(text.EnumerateRunes().Select(rune => Rune.IsControl(rune) ? " " : $"{rune}"))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var characters = StringInfo.GetTextElementEnumerator(line);
        var (title, count, bytes) = (new StringBuilder(), 0, 0);
        while (characters.MoveNext())
        {
            var character = characters.GetTextElement();
            bytes += Encoding.UTF8.GetByteCount(character);
            if (++count > MaxCharacters || bytes > MaxBytes)
            {
                return $"{title.ToString().TrimEnd()}…";
            }

            title.Append(character);
        }

        return title.ToString();
    }

    private static string Escaped(string title)
    {
        var text = new StringBuilder();
        foreach (var character in title)
        {
            text.Append(character is '=' or ';' or '#' or '\\' ? "\\" : "").Append(character);
        }

        return text.ToString();
    }
}
