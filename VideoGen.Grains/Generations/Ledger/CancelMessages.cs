namespace VideoGen.Grains.Generations.Ledger;

/// <summary>Messages about a cancellation that was not simply confirmed.</summary>
internal static class CancelMessages
{
    public static string RunsOn(RenderAttempt attempt) => attempt.RepeatCostsMoney
        ? "The provider did not confirm the cancellation. "
        + "It may keep rendering and charge for it. A retry first asks for this video."
        : "The render could not be stopped and may continue for a while. It is not charged.";

    public static string? TooLate(RenderAttempt attempt) => attempt.RepeatCostsMoney
        ? "The provider had already rendered the video and charges for it. A retry continues with that video at no charge."
        : null;

    public static string? Unseen(RenderAttempt attempt) => attempt.RepeatCostsMoney
        ? "It is unknown whether the provider accepted the request. It may still render it and charge for it."
        : null;
}
