using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using VideoGen.Api.Authentication;

namespace VideoGen.Api.OpenApi;

/// <summary>Documents where a key is required, on servers that have keys, and the response without one.</summary>
internal static class SecurityDocument
{
    private const string Bearer = "bearer";
    private const string Header = "apiKey";

    public static Task CompleteAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAllowAnonymous>().Any())
        {
            return Task.CompletedTask;
        }

        // The empty requirement means that a request without a key is also possible.
        operation.Security = [new(), Requirement(Bearer), Requirement(Header)];
        if (!metadata.OfType<OpenToLinks>().Any())
        {
            operation.Responses!.TryAdd("401", new OpenApiResponse
            {
                Description = "Unauthorized",
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/problem+json"] = new()
                    {
                        Schema = new OpenApiSchemaReference("ProblemDetails", context.Document),
                    },
                },
            });
        }

        return Task.CompletedTask;

        OpenApiSecurityRequirement Requirement(string scheme) => new()
        {
            [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [],
        };
    }

    public static void AddSchemes(OpenApiDocument document)
    {
        document.AddComponent(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API key, on servers that require keys.",
        });
        document.AddComponent(Header, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "X-API-Key",
            Description = "The same API key in the X-API-Key header.",
        });
    }
}
