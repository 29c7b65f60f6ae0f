using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>A real, black PNG whose file is a thousand times smaller than its pixels.</summary>
internal static class BombPicture
{
    /// <summary>At most the first 200 MB of the pixels are there: nobody should ask for the rest.</summary>
    private const long MaxPixelBytes = 200_000_000;

    public static byte[] Png(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);    // 8 bits, RGB
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, Zeros(width, height)), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Zeros(int width, int height)
    {
        using var buffer = new MemoryStream();
        using (var zlib = new ZLibStream(buffer, CompressionLevel.SmallestSize))
        {
            var row = new byte[1 + width * 3];
            for (var y = 0; y < height && (long)y * row.Length < MaxPixelBytes; y++)
            {
                zlib.Write(row);
            }
        }

        return buffer.ToArray();
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] content = [.. type, .. data];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        var sum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc32.HashToUInt32(content));
        return [.. length, .. content, .. sum];
    }
}
