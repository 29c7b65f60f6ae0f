using NetVips;

namespace VideoGen.Silo.Backends.Pictures;

/// <summary>A picture as a data URI of its true type, small enough for its provider.</summary>
internal static class InlinePicture
{
    private static readonly (int Side, int Quality)[] Steps =
        [(1280, 85), (1024, 80), (768, 75), (640, 70), (512, 65), (384, 60)];

    /// <summary>The data URI, scaled down step by step while it has more than <paramref name="longest"/> characters.</summary>
    public static string Encode(byte[] picture, int longest)
    {
        var uri = Uri(picture);
        foreach (var (side, quality) in Steps)
        {
            if (uri.Length <= longest)
            {
                return uri;
            }

            using var smaller = Image.ThumbnailBuffer(picture, side, height: side, size: Enums.Size.Down);
            uri = Uri(smaller.JpegsaveBuffer(quality, optimizeCoding: true, keep: Enums.ForeignKeep.None));
        }

        return uri;
    }

    public static string TypeOf(ReadOnlySpan<byte> picture) =>
        picture.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) ? "image/png"
        : picture.StartsWith("RIFF"u8) ? "image/webp"
        : "image/jpeg";

    private static string Uri(byte[] picture) => $"data:{TypeOf(picture)};base64,{Convert.ToBase64String(picture)}";
}
