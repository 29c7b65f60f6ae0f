using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Characters;

namespace VideoGen.Api.Characters;

/// <summary>Creates, reads, lists, changes and deletes characters.</summary>
internal static class CharacterEndpoints
{
    public const string IdDescription = "The id that POST /characters returned.";

    public static void MapCharacters(this IEndpointRouteBuilder app) => app.MapBothPrefixes(routes =>
    {
        routes.MapPost("/characters", CreateAsync)
            .WithName("createCharacter").WithTags("Characters").WithSummary("Creates a character")
            .WithDescription("A name, a description and 1 to 9 uploaded pictures. Use its id as characterId in POST "
                + "/generate-video and POST /storyboards. With an Idempotency-Key header the same request creates one "
                + "character, however often it is sent.")
            .Accepts<CharacterRequest>("application/json", "*/*")
            .ProducesProblems(400, 408, 413, 415, 422, 429, 503)
            .Audited("create_character");
        routes.MapGet("/characters", ListAsync)
            .WithName("listCharacters").WithTags("Characters").WithSummary("Lists characters, newest first")
            .WithDescription("If there are older characters, the Link header contains the next page: Link: <...>; rel=\"next\".")
            .ProducesProblems(422, 503)
            .AddOpenApiOperationTransformer(PageDocument.CompleteAsync);
        routes.MapGet("/characters/{id}", GetAsync)
            .WithName("getCharacter").WithTags("Characters").WithSummary("Returns a character")
            .ProducesProblems(404, 503);
        routes.MapPatch("/characters/{id}", ChangeAsync)
            .WithName("changeCharacter").WithTags("Characters").WithSummary("Changes a character")
            .WithDescription("Makes a new version. Generations keep the version that they were created with.")
            .Accepts<CharacterPatch>("application/json", "*/*")
            .ProducesProblems(400, 404, 408, 413, 415, 422, 503)
            .Audited("change_character");
        routes.MapDelete("/characters/{id}", DeleteAsync)
            .WithName("deleteCharacter").WithTags("Characters").WithSummary("Deletes a character")
            .WithDescription("Its generations stay. While storyboards use the character it is deleted only with `?force=true`; "
                + "they keep their copy of it.")
            .ProducesProblems(404, 409, 422, 503)
            .AddOpenApiOperationTransformer(ForceQuery.DocumentAsync)
            .Audited("delete_character");
    });

    private static async Task<Results<Created<CharacterResource>, ProblemHttpResult>> CreateAsync(
        HttpContext context, IGrainFactory grains, CharacterReader reader, MediaLinks links)
    {
        var (body, problem) = await JsonBody.ReadAsync(context);
        using (body)
        {
            if (body is null)
            {
                return problem!;
            }

            var errors = new FieldErrors();
            var key = IdempotencyKey.Read(context.Request, errors);
            var (name, description, pictures) = await reader.ReadAsync(context, body.RootElement, errors);
            Require("name", name);
            Require("pictures", pictures);
            if (errors.Any)
            {
                return Problem.Invalid(errors);
            }

            var wanted = new NewCharacter(context.Caller().Owner, name!, description ?? "", pictures!.Value);
            var (created, refused) = await KeyedCreation.RunAsync<CharacterSnapshot>(
                context, grains, key, $"character {wanted with { Pictures = [] }} {string.Join(' ', wanted.Pictures)}",
                async id => (await grains.Grain<ICharacterGrain>(id).CreateAsync(wanted), null),
                id => grains.Grain<ICharacterGrain>(id).GetAsync());
            return refused is not null ? refused
                : created is null ? CharacterProblem.NotFound()
                : TypedResults.Created($"/characters/{created.Id}", CharacterResource.From(created, links));

            void Require(string field, object? value)
            {
                if (value is null && !errors.ByField.Keys.Any(key => key.StartsWith(field, StringComparison.Ordinal)))
                {
                    errors.Add(field, $"{field} is required.");
                }
            }
        }
    }

    private static async Task<Results<Ok<CharacterResource>, ProblemHttpResult>> GetAsync(
        [Description(IdDescription)] string id, HttpContext context, IGrainFactory grains, MediaLinks links) =>
        await OwnCharacter.FindAsync(context, grains, id) is { Found: var found }
            ? TypedResults.Ok(CharacterResource.From(found, links))
            : CharacterProblem.NotFound();

    private static async Task<Results<Ok<CharacterResource>, ProblemHttpResult>> ChangeAsync(
        [Description(IdDescription)] string id, HttpContext context, IGrainFactory grains, CharacterReader reader,
        MediaLinks links)
    {
        if (await OwnCharacter.FindAsync(context, grains, id) is not { } own)
        {
            return CharacterProblem.NotFound();
        }

        var (body, problem) = await JsonBody.ReadAsync(context);
        using (body)
        {
            if (body is null)
            {
                return problem!;
            }

            var errors = new FieldErrors();
            var change = await reader.ReadAsync(context, body.RootElement, errors);
            return errors.Any ? Problem.Invalid(errors)
                : await own.Grain.ChangeAsync(change) is { } changed
                ? TypedResults.Ok(CharacterResource.From(changed, links))
                : CharacterProblem.NotFound();
        }
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        [Description(IdDescription)] string id, HttpContext context, IGrainFactory grains,
        [Description("Also deletes a character that storyboards use.")] string? force)
    {
        var errors = new FieldErrors();
        var isForced = ForceQuery.Read(force, errors);
        if (errors.Any)
        {
            return Problem.Invalid(errors);
        }

        return (await OwnCharacter.FindAsync(context, grains, id) is { } own
            ? await own.Grain.DeleteAsync(isForced)
            : CharacterDeletion.Unknown) switch
        {
            CharacterDeletion.Deleted => TypedResults.NoContent(),
            CharacterDeletion.InUse => CharacterProblem.InUse(),
            _ => CharacterProblem.NotFound(),
        };
    }

    private static async Task<Results<Ok<IReadOnlyList<CharacterResource>>, ProblemHttpResult>> ListAsync(
        HttpContext context, IGrainFactory grains, MediaLinks links,
        [Description(PageQuery.LimitDescription)] string? limit, [Description(PageQuery.CursorDescription)] string? cursor)
    {
        var errors = new FieldErrors();
        var query = PageQuery.Read(limit, cursor, errors);
        if (errors.Any)
        {
            return Problem.Invalid(errors);
        }

        var page = await grains.Grain<ICharacterPageGrain>(ICharacterPageGrain.Key)
            .ReadAsync(context.Caller().Owner, query.Before, query.Limit);
        query.Link(context, page.Next);
        return TypedResults.Ok<IReadOnlyList<CharacterResource>>(
            [.. page.Characters.Select(character => CharacterResource.From(character, links))]);
    }
}
