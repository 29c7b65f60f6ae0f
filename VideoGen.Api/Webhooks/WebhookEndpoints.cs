using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Authentication;
using VideoGen.Api.Generations;
using VideoGen.Api.Http;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;

namespace VideoGen.Api.Webhooks;

/// <summary>Shows and replays the webhooks of a generation.</summary>
internal static class WebhookEndpoints
{
    private const string IdDescription = GenerationEndpoints.IdDescription;

    public static void MapWebhooks(this IEndpointRouteBuilder app) => app.MapBothPrefixes(routes =>
    {
        routes.MapGet("/generation/{id}/webhook", GetAsync)
            .WithName("getGenerationWebhook").WithTags("Webhooks").WithSummary("Returns the webhook deliveries of a generation")
            .WithDescription("Every webhook of the generation, its delivery attempts, and the time of the next attempt.")
            .ProducesProblems(404, 503);
        routes.MapPost("/generation/{id}/webhook/replay", ReplayAsync)
            .WithName("replayGenerationWebhook").WithTags("Webhooks").WithSummary("Replays the latest webhook of a generation")
            .WithDescription(
                "Sends the latest webhook again at once, with the same webhook-id and whatever its status. A receiver that "
                + "returned 410 is called again.")
            .ProducesProblems(404, 409, 503)
            .Audited("replay_webhook");
    });

    private static async Task<Results<Ok<WebhookLogResource>, ProblemHttpResult>> GetAsync(
        [Description(IdDescription)] string id, HttpContext context, IGrainFactory grains) =>
        await OwnGeneration.FindAsync(context, grains, id) is not { } own ? Problem.GenerationNotFound(id)
            : own.Found.Request.WebhookUrl is not { } url ? Problem.WebhookNotFound(own.Found.Id)
            : TypedResults.Ok(WebhookLogResource.From(own.Found.Id, url, await Of(own, grains).GetAsync()));

    private static async Task<Results<Ok<WebhookLogResource>, ProblemHttpResult>> ReplayAsync(
        [Description(IdDescription)] string id, HttpContext context, IGrainFactory grains) =>
        await OwnGeneration.FindAsync(context, grains, id) is not { } own ? Problem.GenerationNotFound(id)
            : own.Found.Request.WebhookUrl is not { } url ? Problem.WebhookNotFound(own.Found.Id)
            : await Of(own, grains).ReplayAsync() is not { } log ? Problem.NothingToReplay(own.Found.Id)
            : TypedResults.Ok(WebhookLogResource.From(own.Found.Id, url, log));

    private static IWebhookGrain Of(OwnGeneration own, IGrainFactory grains) => grains.Grain<IWebhookGrain>(own.Found.Id);
}
