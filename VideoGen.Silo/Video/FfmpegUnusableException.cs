namespace VideoGen.Silo.Video;

/// <summary>The start can not go on without ffmpeg; the message is one sentence for whoever starts the server.</summary>
public sealed class FfmpegUnusableException : Exception
{
    private const string HowToInstall =
        "install ffmpeg 5.1 or later (Debian and Ubuntu: apt-get install ffmpeg; macOS: brew install ffmpeg; "
        + "Windows: winget install Gyan.FFmpeg), or set VideoGen__Video__FfmpegPath and VideoGen__Video__FfprobePath.";

    private FfmpegUnusableException(string message) : base(message) { }

    internal static FfmpegUnusableException Missing(string tool) => new($"VideoGen can not run {tool}: {HowToInstall}");

    internal static FfmpegUnusableException WithoutH264() =>
        new($"The ffmpeg on this machine can not encode H.264 with libx264: {HowToInstall}");
}
