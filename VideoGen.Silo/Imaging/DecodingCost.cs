using System.Buffers.Binary;

namespace VideoGen.Silo.Imaging;

/// <summary>
/// Detects files that cost far more to decode than their number of pixels suggests. libvips neither limits nor interrupts such
/// decoding. Measured with 1 MB files: a JPEG of 13,000 empty scans took 58 s of CPU (each scan passes over the whole picture),
/// and a WebP of 22,000 frames 2 s, growing quadratically (finding a frame walks through all frames before it).
/// </summary>
internal static class DecodingCost
{
    private const int MaxScans = 100;       // progressive encoders write about ten
    private const int MaxFrames = 5_000;

    public static bool IsExcessive(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8]) ? HasTooManyScans(file) : file.Count("ANMF"u8) > MaxFrames;

    /// <summary>
    /// Walks the segments as libjpeg does (ITU-T T.81, B.1.1), so that scans of an embedded thumbnail do not count.
    /// </summary>
    private static bool HasTooManyScans(ReadOnlySpan<byte> jpeg)
    {
        var scans = 0;
        for (var rest = jpeg[2..]; rest.IndexOf((byte)0xff) is >= 0 and var marker && marker + 4 <= rest.Length;)
        {
            rest = rest[(marker + 1)..];
            switch (rest[0])
            {
                case 0xd9: // end of the picture, whatever follows
                    return false;
                case 0xda when ++scans > MaxScans:
                    return true;
                case < 0xc0 or >= 0xd0 and <= 0xd8 or 0xff: // stuffing, restart and fill bytes have no length
                    break;
                default:
                    rest = rest[Math.Min(rest.Length, 1 + BinaryPrimitives.ReadUInt16BigEndian(rest[1..]))..];
                    break;
            }
        }

        return false;
    }
}
