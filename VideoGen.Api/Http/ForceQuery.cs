using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace VideoGen.Api.Http;

/// <summary>
/// The query <c>force</c> of a deletion. It is read as text, because the framework would reject any other value without naming
/// it.
/// </summary>
internal static class ForceQuery
{
    public static bool Read(string? force, FieldErrors errors)
    {
        if (force is not null && !bool.TryParse(force, out _))
        {
            errors.Add("force", "force must be true or false.");
        }

        return bool.TryParse(force, out var isForced) && isForced;
    }

    public static Task DocumentAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Parameters!.OfType<OpenApiParameter>().Single(parameter => parameter.Name == "force").Schema =
            new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = false };
        return Task.CompletedTask;
    }
}
