using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace VideoGen.Api.Generations;

/// <summary>Completes the OpenAPI description of the list, whose query is read as text.</summary>
internal static class ListDocument
{
    public static Task CompleteAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var limit = operation.Parameters!.OfType<OpenApiParameter>().Single(parameter => parameter.Name == "limit");
        limit.Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Minimum = "1",
            Maximum = GenerationListQuery.Max.ToString(CultureInfo.InvariantCulture),
            Default = JsonValue.Create(GenerationListQuery.Default),
        };
        return Task.CompletedTask;
    }
}
