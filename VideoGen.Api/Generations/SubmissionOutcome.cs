using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Authentication;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Generations;

/// <summary>What became of a submission: the generation, or the problem that it was rejected with. Exactly one is set.</summary>
internal sealed record SubmissionOutcome(GenerationSnapshot? Generation, ProblemHttpResult? Problem)
{
    public static SubmissionOutcome Rejected(ProblemHttpResult problem) => new(null, problem);

    /// <summary>The response of the native API.</summary>
    public Results<Ok<GenerationResource>, ProblemHttpResult> ToResponse(HttpContext context, MediaLinks links)
    {
        if (Generation is null)
        {
            return Problem!;
        }

        var prefix = context.Request.Path.StartsWithSegments("/api") ? "/api" : "";
        context.Response.Headers.Location = $"{prefix}/generation/{Generation.Id}";
        return TypedResults.Ok(GenerationResource.From(Generation, links));
    }
}
