using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Authentication;
using VideoGen.Api.Characters;
using VideoGen.Api.Http;
using VideoGen.Grains.History;

namespace VideoGen.Api.Generations;

/// <summary>GET /characters/{id}/generations: what was made with a character.</summary>
internal static class LineageEndpoints
{
    public static void MapLineage(this IEndpointRouteBuilder app) => app.MapBothPrefixes(routes => routes
        .MapGet("/characters/{id}/generations", ListAsync)
        .WithName("listCharacterGenerations").WithTags("Characters")
        .WithSummary("Lists the generations of a character, newest first")
        .WithDescription("Those of all versions of the character. If there are older generations, the Link header contains the "
            + "next page: Link: <...>; rel=\"next\".")
        .ProducesProblems(404, 422, 503)
        .AddOpenApiOperationTransformer(PageDocument.CompleteAsync));

    private static async Task<Results<Ok<IReadOnlyList<GenerationResource>>, ProblemHttpResult>> ListAsync(
        [Description(CharacterEndpoints.IdDescription)] string id, HttpContext context, IGrainFactory grains, MediaLinks links,
        [Description(PageQuery.LimitDescription)] string? limit, [Description(PageQuery.CursorDescription)] string? cursor)
    {
        var errors = new FieldErrors();
        var query = GenerationListQuery.Read(limit, cursor, null, errors);
        if (errors.Any)
        {
            return Problem.Invalid(errors);
        }

        if (await OwnCharacter.FindAsync(context, grains, id) is not { Found: var character })
        {
            return CharacterProblem.NotFound();
        }

        var list = await GenerationList.ReadAsync(grains, HistoryKey.Lineage(character.Owner, character.Id), query, links);
        query.Link(context, list.Next);
        return TypedResults.Ok(list.Items);
    }
}
