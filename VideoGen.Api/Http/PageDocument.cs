using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace VideoGen.Api.Http;

/// <summary>Completes the OpenAPI description of a list, whose query is read as text.</summary>
internal static class PageDocument
{
    public static Task CompleteAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var limit = operation.Parameters!.OfType<OpenApiParameter>().Single(parameter => parameter.Name == "limit");
        limit.Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Minimum = "1",
            Maximum = PageQuery.Max.ToString(CultureInfo.InvariantCulture),
            Default = JsonValue.Create(PageQuery.Default),
        };
        return Task.CompletedTask;
    }
}
