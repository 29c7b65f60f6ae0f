using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Http;

namespace VideoGen.Api.Characters;

/// <summary>The errors of requests about characters.</summary>
internal static class CharacterProblem
{
    public static ProblemHttpResult NotFound() => Problem.Create(
        StatusCodes.Status404NotFound, ProblemCode.CharacterNotFound, "There is no character with this id.");

    public static ProblemHttpResult InUse() => Problem.Create(
        StatusCodes.Status409Conflict, ProblemCode.CharacterInUse,
        "Storyboards use this character. Delete them first, or send ?force=true: they keep their copy of it.");
}
