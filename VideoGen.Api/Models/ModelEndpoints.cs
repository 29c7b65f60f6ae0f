using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Http;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;

namespace VideoGen.Api.Models;

/// <summary>GET /models: what can be ordered.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder app) => app.MapBothPrefixes(routes => routes
        .MapGet("/models", GetAsync)
        .WithName("listModels").WithTags("Models").WithSummary("Lists the models")
        .WithDescription("What POST /generate-video accepts as `model`, what each model takes, and whether it is available. "
            + "Every model makes every duration, quality and aspect ratio that the API accepts: what it does not render itself "
            + "is made from the nearest that it does.")
        .ProducesProblems(503));

    private static async Task<Ok<IReadOnlyList<ModelResource>>> GetAsync(IGrainFactory grains)
    {
        var models = await grains.Grain<IUpstreamsGrain>(IUpstreamsGrain.Key).GetModelsAsync();
        return TypedResults.Ok<IReadOnlyList<ModelResource>>([.. models.Select(ModelResource.From)]);
    }
}
