using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;

namespace VideoGen.Api.OpenAi;

/// <summary>Lists the names that a request can have as its model.</summary>
internal static class OpenAiModelEndpoints
{
    public static void MapOpenAiModels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/models", ListAsync)
            .Documented("listOpenAiModels", "Lists the names of models", "Ours, `videogen` for the default, and its aliases.")
            .ProducesErrors(401, 503);
        routes.MapGet("/models/{id}", GetAsync)
            .Documented("getOpenAiModel", "Returns the name of a model", "Answers 404 if no request can name it.")
            .ProducesErrors(401, 404, 503);
    }

    private static async Task<Ok<OpenAiModelListResource>> ListAsync(VideoModels models) => TypedResults.Ok(
        new OpenAiModelListResource("list", [.. (await models.NamesAsync()).Select(OpenAiModelResource.Of)]));

    private static async Task<Results<Ok<OpenAiModelResource>, ProblemHttpResult>> GetAsync(
        [Description("The name of the model.")] string id, VideoModels models) =>
        (await models.NamesAsync()).FirstOrDefault(name => name.Equals(id, StringComparison.OrdinalIgnoreCase)) is { } name
            ? TypedResults.Ok(OpenAiModelResource.Of(name))
            : VideoProblem.ModelUnknown();
}
