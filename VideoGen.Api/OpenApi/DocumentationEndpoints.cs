using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace VideoGen.Api.OpenApi;

/// <summary>Serves the OpenAPI document and its pages. They load nothing from other hosts.</summary>
internal static class DocumentationEndpoints
{
    private const string Document = "/openapi.json";

    /// <summary>Keeps the bundled page from loading, sharing or reporting anything elsewhere.</summary>
    private const string OnlyThisOrigin =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        + "font-src 'self' data:; media-src 'self' blob:; object-src 'none'; frame-ancestors 'self'";

    public static void AddDocumentation(this WebApplicationBuilder builder) => builder.Services.AddOpenApi(openApi =>
    {
        openApi.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        openApi.AddDocumentTransformer<VideoGenDocument>();
        openApi.AddOperationTransformer(SecurityDocument.CompleteAsync);
        openApi.AddSchemaTransformer(SchemaDetails.CompleteAsync);
    });

    public static void MapDocumentation(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi(Document).AllowAnonymous();
        var pages = app.MapScalarApiReference("/docs", scalar => scalar
            .WithTitle("VideoGen API")
            .WithOpenApiRoutePattern(Document)
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideClientButton()
            .HideDeveloperTools());
        pages.AllowAnonymous().Finally(Confine);
    }

    private static void Confine(EndpointBuilder endpoint)
    {
        var serve = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = async context =>
        {
            context.Response.Headers.ContentSecurityPolicy = OnlyThisOrigin;
            await serve(context);
            if (context.Response.Headers.Location is [{ Length: > 0 } relative] && !relative.StartsWith('/'))
            {
                context.Response.Headers.Location = Folder(context.Request) + relative;
            }
        };
    }

    /// <summary>Some clients resolve a relative Location against the root instead of the requested URL.</summary>
    private static string Folder(HttpRequest request)
    {
        var path = (request.PathBase + request.Path).ToUriComponent();
        return path[..(path.LastIndexOf('/') + 1)];
    }
}
