namespace VideoGen.Silo.Video;

/// <summary>
/// The messages with which ffmpeg reports a damaged file without failing. Its other messages prove nothing: it complains about
/// many files that play well.
/// </summary>
internal static class Damage
{
    private static readonly string[] Words =
    [
        // The container: MP4 and MOV, Matroska and WebM, GIF
        "partial file", "File ended prematurely", "exceeds containing master element", "invalid as first byte of an EBML number",
        "indicated by an EBML number's first byte", "Error parsing frame sizes", "Truncating packet", "invalid block label",

        // Packets and frames of any codec, in ffmpeg's own words
        "corrupt input packet", "corrupt decoded frame", "Error while decoding stream", "Error submitting packet to decoder",

        // H.264, HEVC, AV1, MPEG-4, ProRes, GIF
        "error while decoding MB", "Invalid NAL unit size", "decode_slice_header error", "is outside the valid range",
        "Failed to parse temporal unit", "Error at MB", "ac-tex damaged", "ac tex damaged", "LZW decode failed",
    ];

    public static bool IsNamedIn(string complaint) => Words.Any(words => complaint.Contains(words, StringComparison.Ordinal));
}
