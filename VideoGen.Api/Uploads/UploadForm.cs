using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace VideoGen.Api.Uploads;

/// <summary>
/// The multipart form of an upload (RFC 7578), read part by part. Only the field <c>character</c> is used. Its file name and
/// content type are ignored.
/// </summary>
internal static partial class UploadForm
{
    public const string Field = "character";

    /// <summary>The maximum size of boundaries, part headers and other fields of a form, in addition to the picture.</summary>
    public const int EnvelopeBytes = 64 * 1024;

    private const int MaxBoundary = 256;

    /// <summary>Returns the boundary between the parts, or null if the request is not a multipart form.</summary>
    public static string? Boundary(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MatchesMediaType("multipart/form-data")
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= MaxBoundary } boundary
            ? boundary.ToString()
            : null;

    /// <summary>Reads up to the end of the picture, which goes to <paramref name="picture"/>.</summary>
    public static Task<FormOutcome> ReadAsync(
        HttpRequest request, string boundary, int maxBytes, UploadBuffer picture, CancellationToken cancellationToken) =>
        ReadPartsAsync(
            request, boundary,
            async (name, part) => name == Field ? await CopyAsync(part, maxBytes, picture, cancellationToken) : null,
            cancellationToken);

    /// <summary>
    /// Reads the parts of a form in their order, up to the first for which <paramref name="read"/> returns an outcome. It may
    /// leave a part unread.
    /// </summary>
    public static async Task<FormOutcome> ReadPartsAsync(
        HttpRequest request, string boundary, Func<string?, Stream, ValueTask<FormOutcome?>> read,
        CancellationToken cancellationToken)
    {
        var reader = new MultipartReader(boundary, request.Body) { HeadersLengthLimit = EnvelopeBytes };
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } part)
            {
                if (await read(NameOf(part.ContentDisposition), part.Body) is { } outcome)
                {
                    return outcome;
                }
            }

            return new FormOutcome.Missing();
        }
        catch (InvalidDataException)
        {
            return new FormOutcome.Malformed();
        }

        // The reader throws this if the form stops before its last boundary. Connections throw derived types.
        catch (IOException exception) when (exception.GetType() == typeof(IOException))
        {
            return new FormOutcome.Malformed();
        }
    }

    /// <summary>Copies a part of at most this size.</summary>
    public static async Task<FormOutcome> CopyAsync(
        Stream part, long maxBytes, UploadBuffer picture, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        while (await part.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (picture.Length + read > maxBytes)
            {
                return new FormOutcome.TooLarge();
            }

            await picture.AddAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return new FormOutcome.Picture();
    }

    // Browsers and tools differ in quotes, escapes and non-ASCII characters in file names, and a header parser rejects some of
    // them. Only the name of the field is needed. Example: form-data; name="character"; filename="C:\me\käse "2".png"
    private static string? NameOf(string? disposition) =>
        disposition is not null && Name().Match(disposition) is { Success: true } match
            ? match.Groups["quoted"].Value + match.Groups["bare"].Value
            : null;

    [GeneratedRegex(@";\s*name\s*=\s*(?:""(?<quoted>[^""]*)""|(?<bare>[^;\s]+))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}

/// <summary>The outcome of reading the form of an upload.</summary>
internal abstract record FormOutcome
{
    private FormOutcome() { }

    /// <summary>The field has arrived, with any content.</summary>
    public sealed record Picture : FormOutcome;

    /// <summary>The form has no such field.</summary>
    public sealed record Missing : FormOutcome;

    /// <summary>The field exceeds the maximum size.</summary>
    public sealed record TooLarge : FormOutcome;

    /// <summary>The form is invalid or incomplete.</summary>
    public sealed record Malformed : FormOutcome;
}
