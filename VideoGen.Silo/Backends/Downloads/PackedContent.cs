using System.IO.Compression;

namespace VideoGen.Silo.Backends.Downloads;

/// <summary>
/// Unpacks what a server packed with gzip without being asked. It is unpacked while it is read, so that whoever reads decides how
/// much that is: a megabyte can hold a gigabyte.
/// </summary>
internal static class PackedContent
{
    /// <summary>The content without its <c>Content-Encoding</c>. Others than gzip are left as they are.</summary>
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

    // RFC 9110, 8.4.1.3: x-gzip is the same, and case does not matter.
    private static bool IsGzip(string encoding) =>
        encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase)
        || encoding.Equals("x-gzip", StringComparison.OrdinalIgnoreCase);
}
