using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace VideoGen.Api.Http;

/// <summary>
/// Reads a small JSON object, whatever its content type: clients of the old backend send none, and curl -d sends that of a form.
/// </summary>
internal static class JsonBody
{
    public const int MaxBytes = 64 * 1024;

    public static async Task<(JsonDocument? Document, ProblemHttpResult? Problem)> ReadAsync(
        HttpContext context, int maxBytes = MaxBytes)
    {
        if (!BodyLimit.Admit(context, maxBytes))
        {
            return (null, Problem.BodyTooLarge(maxBytes));
        }

        try
        {
            return Checked(await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted));
        }
        catch (JsonException)
        {
            return (null, Unreadable());
        }
    }

    /// <summary>The same for a body that was read already.</summary>
    public static (JsonDocument? Document, ProblemHttpResult? Problem) Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Checked(JsonDocument.Parse(body));
        }
        catch (JsonException)
        {
            return (null, Unreadable());
        }
    }

    private static (JsonDocument? Document, ProblemHttpResult? Problem) Checked(JsonDocument document)
    {
        var problem = document.RootElement.ValueKind is not JsonValueKind.Object
            ? Problem.Invalid(FieldErrors.Of("body", "The body must be a JSON object."))
            : HasWholeNames(document.RootElement) ? null
            : Unreadable();
        if (problem is null)
        {
            return (document, null);
        }

        document.Dispose();
        return (null, problem);
    }

    private static ProblemHttpResult Unreadable() => Problem.MalformedRequest("The body is not valid JSON.");

    /// <summary>A name such as <c>"\ud800"</c> is an unpaired surrogate, which cannot be compared with a name.</summary>
    private static bool HasWholeNames(JsonElement json)
    {
        try
        {
            return json.ValueKind switch
            {
                JsonValueKind.Object => json.EnumerateObject()
                    .All(property => property.Name is not null && HasWholeNames(property.Value)),
                JsonValueKind.Array => json.EnumerateArray().All(HasWholeNames),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
