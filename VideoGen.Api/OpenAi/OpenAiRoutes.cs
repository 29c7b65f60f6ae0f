using System.ComponentModel;
using System.Text.Json.Serialization;

namespace VideoGen.Api.OpenAi;

/// <summary>Documents the routes of the dialect.</summary>
internal static class OpenAiRoutes
{
    public static RouteHandlerBuilder Documented(
        this RouteHandlerBuilder route, string name, string summary, string description) =>
        route.WithName(name).WithTags("OpenAI videos").WithSummary(summary).WithDescription(description);

    /// <summary>Documents the statuses of errors. 500 is always possible.</summary>
    public static RouteHandlerBuilder ProducesErrors(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            route.Produces<ErrorResource>(status);
        }

        return route.Produces<ErrorResource>(StatusCodes.Status500InternalServerError);
    }
}

/// <summary>The body of <c>POST /v1/videos</c>, for the document: it is read leniently.</summary>
internal sealed record CreateVideoBody(
    [property: Description("What happens in the video, up to 2,000 characters.")] string Prompt,
    [property: Description("A file, a data URL, or the address or name of a picture that you uploaded.")]
    [property: JsonPropertyName("input_reference")] string InputReference,
    [property: Description("A name from GET /v1/models; without it the default.")] string? Model,
    [property: Description("A whole number from 3 to 10; 4 by default.")] string? Seconds,
    [property: Description("768x768 by default; docs/openai.md lists all.")] string? Size,
    uint? Seed,
    [property: JsonPropertyName("negative_prompt")] string? NegativePrompt,
    [property: Description("low, medium or high.")] string? Motion,
    [property: Description("cover or contain.")] string? Fit,
    bool? Sound,
    [property: JsonPropertyName("webhook_url")] string? WebhookUrl);

/// <summary>The body of <c>POST /v1/videos/{id}/remix</c>, for the document.</summary>
internal sealed record RemixVideoBody([property: Description("What happens in the new video.")] string Prompt);
