using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace VideoGen.Api.OpenApi;

/// <summary>Adds the title and description of the API to the document.</summary>
internal sealed class VideoGenDocument : IOpenApiDocumentTransformer
{
    private const string Description = """
        Turns a picture of a character and a short script into an MP4. Upload the picture, create a generation, poll it
        until it is completed, then download the video. Every route except media is also available under `/api`. Errors
        are `application/problem+json` with a `detail` sentence and a `code`.
        """;

    public Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "VideoGen API",
            Version = typeof(VideoGenDocument).Assembly.GetName().Version!.ToString(3),
            Description = Description,
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        SecurityDocument.AddSchemes(document);
        foreach (var path in document.Paths.Values)
        {
            // HEAD is GET without content, and operation ids must be unique.
            path.Operations?.Remove(HttpMethod.Head);
        }

        return Task.CompletedTask;
    }
}
