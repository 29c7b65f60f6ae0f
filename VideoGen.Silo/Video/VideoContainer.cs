namespace VideoGen.Silo.Video;

/// <summary>
/// A supported container, and ffmpeg's name for its demuxer. The first bytes decide, and ffmpeg never guesses: a guess can lead
/// to a playlist and from there to other addresses.
/// </summary>
internal sealed record VideoContainer(string Demuxer, bool IsMp4 = false, bool IsWebp = false)
{
    /// <summary>How many bytes at the beginning decide.</summary>
    public const int SignatureLength = 12;

    private static readonly VideoContainer Mp4 = new("mov", IsMp4: true);
    private static readonly VideoContainer QuickTime = new("mov");
    private static readonly VideoContainer Matroska = new("matroska");
    private static readonly VideoContainer Gif = new("gif");
    private static readonly VideoContainer Webp = new("rawvideo", IsWebp: true);

    // ISO/IEC 23008-12 and AVIF: the same boxes as MP4, but with a picture inside.
    private static readonly string[] PictureBrands =
        ["avif", "avis", "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "mif2", "msf1"];

    // QuickTime files older than ftyp begin with one of these.
    private static readonly string[] QuickTimeBoxes = ["moov", "mdat", "wide", "free", "skip"];

    private static ReadOnlySpan<byte> Ebml => [0x1A, 0x45, 0xDF, 0xA3];

    /// <summary>Null when the beginning is not that of a video.</summary>
    public static VideoContainer? Of(ReadOnlySpan<byte> start) => start switch
    {
        { Length: < SignatureLength } => null,
        _ when start.StartsWith(Ebml) => Matroska,
        _ when start.StartsWith("RIFF"u8) && start[8..12].SequenceEqual("WEBP"u8) => Webp,
        _ when start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8) => Gif,
        _ when !start[4..8].SequenceEqual("ftyp"u8) => IsAny(start[4..8], QuickTimeBoxes) ? QuickTime : null,
        _ when start[8..12].SequenceEqual("qt  "u8) => QuickTime,
        _ => IsAny(start[8..12], PictureBrands) ? null : Mp4,
    };

    /// <summary>The container of a local file.</summary>
    public static async Task<VideoContainer?> OfFileAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        var start = new byte[SignatureLength];
        var count = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        return Of(start.AsSpan(0, count));
    }

    private static bool IsAny(ReadOnlySpan<byte> four, string[] words)
    {
        foreach (var word in words)
        {
            if (System.Text.Ascii.Equals(four, word))
            {
                return true;
            }
        }

        return false;
    }
}
