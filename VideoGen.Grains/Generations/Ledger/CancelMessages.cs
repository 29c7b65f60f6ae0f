namespace VideoGen.Grains.Generations.Ledger;

/// <summary>What a user has to know about a cancel, where it was not simply confirmed.</summary>
internal static class CancelMessages
{
    public static string RunsOn(RenderAttempt attempt) => attempt.RepeatCostsMoney
        ? "The provider did not confirm the cancel: it may go on rendering and charge for it. A retry asks for this film first."
        : "It could not be stopped where it was being made and may go on there for a while; nothing is charged for it.";

    public static string? TooLate(RenderAttempt attempt) => attempt.RepeatCostsMoney
        ? "The provider had already rendered the film and charges for it. A retry goes on with that film and pays nothing."
        : null;

    public static string? Unseen(RenderAttempt attempt) => attempt.RepeatCostsMoney
        ? "It is not known whether the provider took the order, so it may still render it and charge for it."
        : null;
}
