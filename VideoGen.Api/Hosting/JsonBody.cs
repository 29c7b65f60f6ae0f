using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Problems;

namespace VideoGen.Api.Hosting;

/// <summary>
/// Reads a small JSON object, whatever the client calls it: those of the old backend send no type, and curl -d calls it a form.
/// </summary>
internal static class JsonBody
{
    public const int MaxBytes = 64 * 1024;

    public static async Task<(JsonDocument? Document, ProblemHttpResult? Problem)> ReadAsync(HttpContext context)
    {
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
}
