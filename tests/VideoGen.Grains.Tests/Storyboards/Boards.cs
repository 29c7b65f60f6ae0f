using VideoGen.Grains.Characters;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Storyboards.Contract;
using VideoGen.Grains.Storyboards.State;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Storyboards;

/// <summary>Storyboards in the states that tests begin with.</summary>
internal static class Boards
{
    public static readonly DateTimeOffset Now = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);

    public static CharacterSnapshot Character { get; } = new(
        "character", "public", 1, "Ada", "In a red coat.", ["front.jpg", "side.jpg"], Now, Now);

    public static StoryboardSettings Settings { get; } = new(
        "A walk", Character, null, null, 768, 768, 768, false, ShotTransition.Cut, null);

    public static ShotPlan Plan(ShotStart start = ShotStart.Character, string script = "She walks.") => new(script, 3, start);

    public static Storyboard Draft(params ShotPlan[] plans) =>
        Storyboard.Create(new NewStoryboard("public", Settings, [.. plans]), Now);

    public static Storyboard Started(params ShotPlan[] plans)
    {
        var draft = Draft(plans);
        return draft.Start(null, [.. draft.Shots.Select(shot => Take.Planned(shot.Plan))], Now);
    }

    /// <summary>All of its shots are made, and joined.</summary>
    public static Storyboard Completed(params ShotPlan[] plans)
    {
        var board = Enumerable.Range(0, plans.Length).Aggregate(Started(plans), (current, shot) => current.Made(shot));
        board = board.Joining("board", Now);
        return board.Joined(board.Join!, Film("film.mp4"), Now);
    }

    /// <summary>The shot is submitted, and its generation has completed.</summary>
    public static Storyboard Made(this Storyboard board, int shot) =>
        board.Submitted(shot).Ended(shot, GenerationStatus.Completed);

    public static Storyboard Submitted(this Storyboard board, int shot)
    {
        var take = board.Shots[shot].Next!.GenerationId;
        var from = shot > 0 && board.Shots[shot].Plan.Start is ShotStart.Previous
            ? board.Shots[shot - 1].Take!.GenerationId
            : null;
        return board.Submitting(take, "front.jpg", from, Now).Submitted(take, Now);
    }

    public static Storyboard Ended(this Storyboard board, int shot, GenerationStatus status, GenerationError? error = null)
    {
        var id = board.Shots[shot].Next!.GenerationId;
        return board.Followed(
            new GenerationSnapshot(
                id, Orders.Request(), status, 5, Now, Now, GenerationStage.Done, 1, null, null, 1, "preview", true,
                status is GenerationStatus.Completed ? Film(id + ".mp4") : null, error),
            Now);
    }

    private static FinishedVideo Film(string name) => new(name, "poster.jpg", 3, 768, 768, 1000);
}
