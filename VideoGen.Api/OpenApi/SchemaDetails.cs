using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using VideoGen.Api.Generations;

namespace VideoGen.Api.OpenApi;

/// <summary>Adds details to schemas that types and attributes cannot express.</summary>
internal static class SchemaDetails
{
    public static Task CompleteAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        schema.Required?.ExceptWith(context.JsonTypeInfo.Properties.Where(IsLeftOut).Select(property => property.Name));
        if (type == typeof(GenerateVideoRequest))
        {
            CompleteRequest(schema);
        }
        else if (type == typeof(GenerationResource))
        {
            schema.Examples = [Examples.Generation()];
        }
        else if (type == typeof(ProblemDetails))
        {
            CompleteProblem(schema);
        }
        else if (type == typeof(DateTimeOffset) || type.IsEnum)
        {
            // Their converters write strings, which the generator cannot see.
            schema.Type = JsonSchemaType.String;
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Whether a property is not written when it is null. The generator takes every parameter of a constructor for required.
    /// </summary>
    private static bool IsLeftOut(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true) is
            [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.WhenWritingNull }];

    private static void CompleteRequest(OpenApiSchema schema)
    {
        schema.Required = new HashSet<string> { "characterImageUrl", "script" };
        ((OpenApiSchema)schema.Properties!["quality"]).Enum = ["512", "768", "1024"];
        schema.Examples = [Examples.Request()];
    }

    private static void CompleteProblem(OpenApiSchema schema)
    {
        schema.Examples = [Examples.InvalidRequest(), Examples.StillRunning()];
        schema.Properties!["code"] = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = "A machine-readable code for the kind of problem.",
        };
        schema.Properties["retryable"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Boolean,
            Description = "Whether the same request can succeed if it is sent again later.",
        };
        schema.Properties["generationId"] = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = "The id of the generation that the problem is about, if any.",
        };
        schema.Properties["errors"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "With status 422: the errors by field name.",
            AdditionalProperties = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = new OpenApiSchema { Type = JsonSchemaType.String },
            },
        };
    }
}
