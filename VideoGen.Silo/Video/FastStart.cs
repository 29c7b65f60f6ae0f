using System.Buffers.Binary;

namespace VideoGen.Silo.Video;

/// <summary>
/// Whether the index of an MP4 precedes its media data, so that it plays before it is completely loaded (ISO/IEC 14496-12 §4.2).
/// </summary>
internal static class FastStart
{
    private const int HeaderBytes = 16;
    private const int MaxBoxes = 64;

    /// <summary>Walks the outermost boxes (size, type; size 1: 64 bits of size follow; 0: up to the end).</summary>
    public static async Task<bool> IsFirstAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        var header = new byte[HeaderBytes];
        for (var box = 0; box < MaxBoxes; box++)
        {
            var start = file.Position;
            if (await file.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false, cancellationToken) < 8)
            {
                return false;
            }

            if (header.AsSpan(4, 4).SequenceEqual("moov"u8))
            {
                return true;
            }

            var size = BinaryPrimitives.ReadUInt32BigEndian(header) is var small and not 1
                ? small
                : BinaryPrimitives.ReadInt64BigEndian(header.AsSpan(8));
            if (header.AsSpan(4, 4).SequenceEqual("mdat"u8) || size < 8 || size > file.Length - start)
            {
                return false;
            }

            file.Position = start + size;
        }

        return false;
    }
}
