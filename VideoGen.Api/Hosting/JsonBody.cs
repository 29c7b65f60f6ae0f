using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using VideoGen.Api.Problems;

namespace VideoGen.Api.Hosting;

/// <summary>Reads a small JSON object, whether or not the client said that it is one.</summary>
internal static class JsonBody
{
    public const int MaxBytes = 64 * 1024;

    public static async Task<(JsonDocument? Document, ProblemHttpResult? Problem)> ReadAsync(HttpContext context)
    {
        if (!IsJson(context.Request.ContentType))
        {
            return (null, Problem.UnsupportedMediaType("Send JSON, with Content-Type: application/json."));
        }

        if (!BodyLimit.Admit(context, MaxBytes))
        {
            return (null, Problem.BodyTooLarge(MaxBytes));
        }

        try
        {
            var document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return (document, null);
            }

            document.Dispose();
            return (null, Problem.Invalid(FieldErrors.Of("body", "The body must be a JSON object.")));
        }
        catch (JsonException)
        {
            return (null, Problem.MalformedRequest("The body is not JSON that can be read."));
        }
    }

    // Clients of the old backend leave the type out.
    private static bool IsJson(string? contentType) =>
        string.IsNullOrWhiteSpace(contentType)
        || (MediaTypeHeaderValue.TryParse(contentType, out var type)
            && (type.MatchesMediaType("application/json") || type.MatchesMediaType("text/json")
                || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)));
}
