using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace VideoGen.Api.Studio;

/// <summary>One file of the studio, plain and, if that is smaller, gzipped once.</summary>
internal sealed class StudioFile
{
    private readonly Form _plain;
    private readonly Form? _gzip;

    public StudioFile(string name, byte[] bytes)
    {
        ContentType = TypeOf(name);
        _plain = new(bytes, null);
        _gzip = name.EndsWith(".woff2", StringComparison.Ordinal) ? null : new(Gzip(bytes), "gzip");
    }

    public string ContentType { get; }

    public string Text => Encoding.UTF8.GetString(_plain.Bytes.Span);

    public Form For(string acceptEncoding) =>
        _gzip is not null && acceptEncoding.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? _gzip : _plain;

    private static byte[] Gzip(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.SmallestSize))
        {
            gzip.Write(bytes);
        }

        return buffer.ToArray();
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        _ => "text/plain; charset=utf-8",
    };

    /// <summary>The bytes to send, with their own strong ETag.</summary>
    internal sealed record Form(ReadOnlyMemory<byte> Bytes, string? Encoding)
    {
        public string ETag { get; } = $"\"{Convert.ToHexStringLower(SHA256.HashData(Bytes.Span))[..16]}\"";
    }
}
