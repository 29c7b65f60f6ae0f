namespace VideoGen.Silo.Imaging;

/// <summary>Tells the pictures of phones (HEIC, which nothing here decodes) from AVIF, which has the same container.</summary>
internal static class Heif
{
    /// <summary>Bytes 4–12 of such a file are <c>ftypheic</c>, or another HEVC brand of ISO/IEC 23008-12, annex B.</summary>
    public static bool IsHeic(ReadOnlySpan<byte> file) =>
        file.Length >= 12 && file[4..8].SequenceEqual("ftyp"u8)
        && (file[8..11].SequenceEqual("hei"u8) || file[8..11].SequenceEqual("hev"u8));
}
