using System.IO.Compression;

namespace VideoGen.Silo.Backends.Downloads;

/// <summary>
/// Decompresses gzip content that a server sent unasked. It is decompressed while being read, so the reader controls how much: a
/// megabyte can expand to a gigabyte.
/// </summary>
internal static class PackedContent
{
    /// <summary>
    /// The decompressed content without its <c>Content-Encoding</c>. Encodings other than gzip are left as they are.
    /// </summary>
    public static async Task<HttpContent> UnpackAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentEncoding is not { Count: 1 } encodings || !IsGzip(encodings.Single()))
        {
            return content;
        }

        var packed = await content.ReadAsStreamAsync(cancellationToken);
        return new StreamContent(new GZipStream(packed, CompressionMode.Decompress))
        {
            Headers = { ContentType = content.Headers.ContentType },
        };
    }

    // RFC 9110, 8.4.1.3: x-gzip is equivalent, and case does not matter.
    private static bool IsGzip(string encoding) =>
        encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase)
        || encoding.Equals("x-gzip", StringComparison.OrdinalIgnoreCase);
}
