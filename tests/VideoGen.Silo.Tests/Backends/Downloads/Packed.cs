using System.IO.Compression;
using System.Net.Http.Headers;

namespace VideoGen.Silo.Tests.Backends.Downloads;

/// <summary>Answers whose body is packed with gzip.</summary>
internal static class Packed
{
    public static byte[] Bytes(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }

    public static HttpResponseMessage Answer(byte[] plain, string encoding = "gzip", string type = "video/mp4") =>
        Answer(new ByteArrayContent(Bytes(plain)), encoding, type);

    public static HttpResponseMessage Answer(HttpContent packed, string encoding = "gzip", string type = "video/mp4")
    {
        packed.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        packed.Headers.ContentEncoding.Add(encoding);
        return new HttpResponseMessage { Content = packed };
    }

    /// <summary>A body that says how much of it was read, also when it is closed.</summary>
    public sealed class Body(byte[] packed) : MemoryStream(packed)
    {
        public long Taken { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await base.ReadAsync(buffer, cancellationToken);
            Taken += count;
            return count;
        }
    }
}
