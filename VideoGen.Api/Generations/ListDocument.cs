using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace VideoGen.Api.Generations;

/// <summary>What the signature of the list does not say: its query is read as text, to name what is wrong with it.</summary>
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
