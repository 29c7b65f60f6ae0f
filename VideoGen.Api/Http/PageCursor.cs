using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace VideoGen.Api.Http;

/// <summary>Encodes a position in the history as an opaque cursor.</summary>
internal static class PageCursor
{
    public static string For(long position)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, position);
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryRead([NotNullWhen(true)] string? cursor, out long position)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        var decoded = Base64Url.DecodeFromChars(cursor, bytes, out _, out var written);
        position = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return decoded == OperationStatus.Done && written == bytes.Length && position > 0;
    }
}
