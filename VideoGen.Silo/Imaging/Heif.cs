using System.Buffers.Binary;
using System.Text;

namespace VideoGen.Silo.Imaging;

/// <summary>
/// Distinguishes HEIF pictures from phones (HEIC and other codecs that this server cannot decode) from AVIF, which uses the same
/// container.
/// </summary>
internal static class Heif
{
    private const int MaxBrands = 64;

    // ISO/IEC 23008-12, annex B and following: HEVC, AVC, VVC, JPEG, and the brands that leave the codec open. Any of its brands
    // makes a file a member of the family; phones put these first and heic among the others.
    private static readonly string[] Family =
    [
        "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "avci", "avcs", "vvic", "vvis", "jpeg", "jpgs",
        "mif1", "mif2", "mif3", "msf1",
    ];

    private static readonly string[] Avif = ["avif", "avis"];

    /// <summary>Whether the file is a HEIF picture that is not AVIF.</summary>
    public static bool IsUnsupported(ReadOnlySpan<byte> file)
    {
        var brands = BrandsOf(file);
        return brands.Exists(Family.Contains) && !brands.Exists(Avif.Contains);
    }

    /// <summary>
    /// Reads the brands: size, <c>ftyp</c>, the major brand, its version, then the compatible brands up to the end of the box.
    /// </summary>
    private static List<string> BrandsOf(ReadOnlySpan<byte> file)
    {
        if (file.Length < 16 || !file[4..8].SequenceEqual("ftyp"u8))
        {
            return [];
        }

        var box = file[..(int)Math.Min(file.Length, Math.Max(16, BinaryPrimitives.ReadUInt32BigEndian(file)))];
        var brands = new List<string> { Encoding.ASCII.GetString(box[8..12]) };
        for (var at = 16; at + 4 <= box.Length && brands.Count < MaxBrands; at += 4)
        {
            brands.Add(Encoding.ASCII.GetString(box.Slice(at, 4)));
        }

        return brands;
    }
}
