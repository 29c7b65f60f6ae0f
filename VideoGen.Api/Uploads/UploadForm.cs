using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace VideoGen.Api.Uploads;

/// <summary>
/// The multipart form of an upload (RFC 7578), read part by part. Only the field <c>character</c> is kept; what clients say of it
/// (file name, type) is never looked at.
/// </summary>
internal static partial class UploadForm
{
    public const string Field = "character";

    /// <summary>What the boundaries, part headers and other fields of a form may take beside the picture.</summary>
    public const int EnvelopeBytes = 64 * 1024;

    private const int MaxBoundary = 256;

    /// <summary>The boundary between the parts; null when the request is no multipart form.</summary>
    public static string? Boundary(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MatchesMediaType("multipart/form-data")
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= MaxBoundary } boundary
            ? boundary.ToString()
            : null;

    /// <summary>Reads as far as the picture, which goes to <paramref name="picture"/>, and not on.</summary>
    public static async Task<FormOutcome> ReadAsync(
        HttpRequest request, string boundary, int maxBytes, UploadBuffer picture, CancellationToken cancellationToken)
    {
        var reader = new MultipartReader(boundary, request.Body) { HeadersLengthLimit = EnvelopeBytes };
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } part)
            {
                if (NameOf(part.ContentDisposition) == Field)
                {
                    return await ReadAsync(part.Body, maxBytes, picture, cancellationToken);
                }
            }

            return new FormOutcome.Missing();
        }
        catch (InvalidDataException)
        {
            return new FormOutcome.Malformed();
        }

        // The reader says so when the form stops before its last boundary. What the connection throws is of derived types.
        catch (IOException exception) when (exception.GetType() == typeof(IOException))
        {
            return new FormOutcome.Malformed();
        }
    }

    private static async Task<FormOutcome> ReadAsync(
        Stream part, int maxBytes, UploadBuffer picture, CancellationToken cancellationToken)
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

    // Browsers and tools disagree about quotes, escapes and non-ASCII in file names; a header parser refuses some of them, and
    // the name of the field is all that is needed. Example: form-data; name="character"; filename="C:\me\käse "2".png"
    private static string? NameOf(string? disposition) =>
        disposition is not null && Name().Match(disposition) is { Success: true } match
            ? match.Groups["quoted"].Value + match.Groups["bare"].Value
            : null;

    [GeneratedRegex(@";\s*name\s*=\s*(?:""(?<quoted>[^""]*)""|(?<bare>[^;\s]+))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}

/// <summary>What reading the form of an upload can end in.</summary>
internal abstract record FormOutcome
{
    private FormOutcome() { }

    /// <summary>The field has arrived, whatever it holds.</summary>
    public sealed record Picture : FormOutcome;

    /// <summary>The form has no such field.</summary>
    public sealed record Missing : FormOutcome;

    /// <summary>The field has more bytes than are accepted.</summary>
    public sealed record TooLarge : FormOutcome;

    /// <summary>The form breaks its own rules, or stops half-way.</summary>
    public sealed record Malformed : FormOutcome;
}
