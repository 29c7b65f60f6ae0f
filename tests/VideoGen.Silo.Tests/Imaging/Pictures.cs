using System.Buffers.Binary;
using System.IO.Hashing;
using NetVips;

namespace VideoGen.Silo.Tests.Imaging;

/// <summary>Makes real picture files. The scene has four quarters: red, green above; blue, black below.</summary>
internal static class Pictures
{
    public static readonly double[] Red = [255, 0, 0];
    public static readonly double[] Green = [0, 255, 0];
    public static readonly double[] Blue = [0, 0, 255];
    public static readonly double[] Black = [0, 0, 0];

    public static Image Scene(int width = 240, int height = 160) => Image.Arrayjoin(
        [
            Plain(Red, width / 2, height / 2), Plain(Green, width / 2, height / 2),
            Plain(Blue, width / 2, height / 2), Plain(Black, width / 2, height / 2),
        ],
        across: 2);

    public static Image Plain(double[] colour, int width, int height) =>
        (Image.Black(width, height) + colour).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);

    /// <summary>A picture that no codec can make small, so that half of its file is half of its pixels.</summary>
    public static Image Noise(int width, int height) =>
        Image.Gaussnoise(width, height, sigma: 40, mean: 128).Bandjoin(
            Image.Gaussnoise(width, height, sigma: 40, mean: 128), Image.Gaussnoise(width, height, sigma: 40, mean: 128))
            .Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);

    public static byte[] Save(this Image image, string format) => image.WriteToBuffer("." + format);

    public static Image With(this Image image, string field, object value) => image.Mutate(mutable =>
    {
        if (value is int number)
        {
            mutable.Set(GValue.GIntType, field, number);
        }
        else
        {
            mutable.Set(GValue.GStrType, field, value);
        }
    });

    /// <summary>One file of several frames, one above the other.</summary>
    public static byte[] Animate(string format, params Image[] frames) =>
        Image.Arrayjoin(frames, across: 1).With("page-height", frames[0].Height).WriteToBuffer("." + format);

    /// <summary>A well-formed start of a PNG of that size with hardly any pixels in it.</summary>
    public static byte[] PngHeader(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2); // 8 bits, RGB
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, [0x78, 0x9c, 0x63, 0x00])];
    }

    /// <summary>The same JPEG whose frame header claims other sides (ITU-T T.81, B.2.2).</summary>
    public static byte[] ClaimJpegSize(byte[] jpeg, ushort side)
    {
        var frame = jpeg.AsSpan(jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xff, 0xc0]));
        BinaryPrimitives.WriteUInt16BigEndian(frame[5..], side);
        BinaryPrimitives.WriteUInt16BigEndian(frame[7..], side);
        return jpeg;
    }

    /// <summary>The same GIF of the scene whose screen and first frame claim other sides (GIF89a, 18 and 20).</summary>
    public static byte[] ClaimGifSize(byte[] gif, ushort side)
    {
        var frame = gif.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x2c, 0, 0, 0, 0, 240, 0, 160, 0]);
        foreach (var sides in (Span<int>)[6, frame + 5])
        {
            BinaryPrimitives.WriteUInt16LittleEndian(gif.AsSpan(sides), side);
            BinaryPrimitives.WriteUInt16LittleEndian(gif.AsSpan(sides + 2), side);
        }

        return gif;
    }

    /// <summary>A progressive JPEG that goes over its picture again and again.</summary>
    public static byte[] RepeatLastScan(Image image, int times)
    {
        var jpeg = image.Save("jpg[interlace]");
        var scan = jpeg[jpeg.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xff, 0xda])..^2];
        return [.. jpeg[..^2], .. Enumerable.Repeat(scan, times).SelectMany(x => x), 0xff, 0xd9];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] content = [.. type, .. data];
        var chunk = new byte[content.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        content.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(content.Length + 4), Crc32.HashToUInt32(content));
        return chunk;
    }
}
