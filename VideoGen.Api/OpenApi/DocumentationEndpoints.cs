using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace VideoGen.Api.OpenApi;

/// <summary>The OpenAPI document and pages to read and try it with, which ask nothing of any other host.</summary>
internal static class DocumentationEndpoints
{
    private const string Document = "/openapi.json";

    /// <summary>Whatever the bundled page would like to load, share or report: the browser does not let it.</summary>
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

    /// <summary>Some clients join a relative Location to the root instead of to the address they asked for.</summary>
    private static string Folder(HttpRequest request)
    {
        var path = (request.PathBase + request.Path).ToUriComponent();
        return path[..(path.LastIndexOf('/') + 1)];
    }
}
