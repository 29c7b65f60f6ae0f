using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Uploads;

/// <summary>
/// The picture of a request, in one of the ways in which programs send it: the bytes of a file, base64, a data URL, or the
/// address or name of an own upload. Declared types are not believed. Nothing is fetched from other servers.
/// </summary>
internal abstract record PictureReference
{
    /// <summary>A picture that does not start with binary data does not exist.</summary>
    private const int Sniffed = 64;

    private const int LongestAddress = 2048;

    /// <summary>No picture is smaller; a shorter text is a wrong address.</summary>
    private const int ShortestBase64 = 64;

    private static readonly string[] Members = ["image_url", "file_id"];

    private static readonly SearchValues<byte> Text =
        SearchValues.Create([.. "\r\n\t"u8, .. Enumerable.Range(' ', '~' - ' ' + 1).Select(character => (byte)character)]);

    private PictureReference() { }

    /// <summary>The bytes of a picture, not looked at yet.</summary>
    public sealed record File(ReadOnlyMemory<byte> Bytes) : PictureReference;

    /// <summary>The name of a stored picture, not checked yet.</summary>
    public sealed record Upload(string Name) : PictureReference;

    /// <summary>Something else, and what to do about it.</summary>
    public sealed record Unusable(string Sentence) : PictureReference;

    /// <summary>Reads the content of a field or file; null if it is empty.</summary>
    public static PictureReference? Of(Memory<byte> content, HostString origin)
    {
        var start = content.Span[..Math.Min(content.Length, Sniffed)];
        return content.IsEmpty ? null
            : start.ContainsAnyExcept(Text) ? new File(content)
            : start.TrimStart(" \r\n\t"u8).StartsWith("{"u8) ? OfJson(content, origin)
            : start.StartsWith("data:"u8) ? OfDataUrl(content)
            : OfAddress(content.Span, origin) is { } upload ? upload
            : content.Length < ShortestBase64 ? Neither()
            : OfBase64(content, otherwise: Neither());
    }

    /// <summary>Reads a string, or an object with one of <c>image_url</c> and <c>file_id</c>; null if it is empty.</summary>
    public static PictureReference? Of(JsonElement json, HostString origin) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => BytesOf(json) is { } text ? Of(text, origin) : Neither(),
        JsonValueKind.Object => Single([.. Members
            .Select(name => json.TryGetProperty(name, out var value) ? Of(value, origin) : null)
            .OfType<PictureReference>()]) ?? Neither(),
        _ => Neither(),
    };

    /// <summary>The only one of several; null if there is none.</summary>
    private static PictureReference? Single(IReadOnlyList<PictureReference> all) => all switch
    {
        [] => null,
        [var only] => only,
        _ => new Unusable("Send exactly one picture: a file, an image_url or a file_id."),
    };

    private static PictureReference? OfJson(Memory<byte> content, HostString origin)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return Of(document.RootElement, origin);
        }
        catch (JsonException)
        {
            return Neither();
        }
    }

    /// <summary>Decodes in place, to take no more memory: <c>data:image/png;base64,iVBORw0…</c>.</summary>
    private static PictureReference OfDataUrl(Memory<byte> url)
    {
        var comma = url.Span.IndexOf((byte)',');
        if (comma < 0 || !url.Span[..comma].EndsWith(";base64"u8))
        {
            return new Unusable("The data URL must have the form data:image/png;base64,….");
        }

        return OfBase64(url[(comma + 1)..], otherwise: new Unusable("The data URL is not valid base64."));
    }

    private static PictureReference OfBase64(Memory<byte> text, Unusable otherwise) =>
        Base64.DecodeFromUtf8InPlace(text.Span, out var length) is OperationStatus.Done ? new File(text[..length]) : otherwise;

    private static Upload? OfAddress(ReadOnlySpan<byte> content, HostString origin)
    {
        var address = content.Length <= LongestAddress ? Encoding.UTF8.GetString(content).Trim() : "";
        return CharacterImageUrl.NameIn(address, origin) is { } name ? new Upload(name)
            : MediaName.IsWellFormed(address) ? new Upload(address)
            : null;
    }

    private static Unusable Neither() => new(
        "The picture must be a file, base64, a data URL, or the address or name of a picture that you uploaded to this server. "
        + "Addresses of other servers are not fetched.");

    /// <summary>
    /// As UTF-8, because a picture as a string would take twice the memory. Null for an unpaired surrogate.
    /// </summary>
    private static byte[]? BytesOf(JsonElement text)
    {
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(text));
        reader.Read();
        var bytes = new byte[reader.ValueSpan.Length];
        try
        {
            return reader.CopyString(bytes) is var length && length == bytes.Length ? bytes : bytes[..length];
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
