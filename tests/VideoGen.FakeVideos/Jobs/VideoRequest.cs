using System.Globalization;
using VideoGen.FakeVideos.Rendering;

namespace VideoGen.FakeVideos.Jobs;

/// <summary>What a create asked for, with the defaults filled in.</summary>
internal sealed record VideoRequest(string Prompt, string Model, int Width, int Height, int Fps, int Frames)
{
    /// <summary>The number that the client chose.</summary>
    public long? Seed { get; init; }

    /// <summary>Whether the video has sound.</summary>
    public bool Sound { get; init; }

    /// <summary>The SHA-256 of the picture in lower-case hex.</summary>
    public string? Picture { get; init; }

    public VideoSpec Spec => new(Picture, Width, Height, Frames, Fps, Sound);

    public string Size => string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}");

    /// <summary>The length as servers show it: a text with whole seconds.</summary>
    public string Seconds => Math.Round((double)Frames / Fps).ToString(CultureInfo.InvariantCulture);
}
