namespace VideoGen.Silo.Inference.Downloads;

/// <summary>
/// Tells films from other files by their first bytes: <c>ftyp</c> (MP4, MOV) or the EBML mark (WebM, Matroska).
/// </summary>
internal static class FilmSignature
{
    public const int Length = 12;

    private static ReadOnlySpan<byte> Ebml => [0x1A, 0x45, 0xDF, 0xA3];

    public static bool IsFilm(ReadOnlySpan<byte> start) =>
        start.Length >= Length && (start[4..8].SequenceEqual("ftyp"u8) || start.StartsWith(Ebml));
}
