using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.RenderSlots;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>
/// What is known between two ledger lines and not worth a write: lost with the activation, restored by the next poll.
/// </summary>
internal sealed record LiveState(
    GenerationStage Stage, double? Progress = null, int? QueuePosition = null, string? WaitReason = null)
{
    public static LiveState Queued { get; } = new(GenerationStage.Queued);
    public static LiveState Submitting { get; } = new(GenerationStage.Submitting, Progress: 0);
    public static LiveState Downloading { get; } = new(GenerationStage.Downloading, Progress: 0.9);

    /// <summary>Progress is that of the whole generation, so that it never goes backwards: rendering ends at 0.9.</summary>
    public static LiveState Rendering(double? progress, int? providerPosition) =>
        new(GenerationStage.Rendering, progress is { } known ? Math.Clamp(known, 0, 1) * 0.9 : null, providerPosition);

    /// <summary>Finishing is the rest, from 0.92.</summary>
    public static LiveState Finishing(double progress) =>
        new(GenerationStage.Finishing, 0.92 + Math.Clamp(progress, 0, 1) * 0.08);

    /// <summary>In the queue at a position counted from 1, or held up because the upstream is paused.</summary>
    public static LiveState Waiting(SlotReply turn) => turn.PauseReason is { } reason
        ? new(GenerationStage.WaitingForCapacity, QueuePosition: turn.Position, WaitReason: reason)
        : new(GenerationStage.Queued, QueuePosition: turn.Position);

    /// <summary>The stage of a stored generation before anything else is known.</summary>
    public static LiveState Of(Generation generation) => generation.NextStep switch
    {
        LedgerStep.None => new LiveState(GenerationStage.Done),
        LedgerStep.Submit => Queued,
        LedgerStep.ResolveIntent => Submitting,
        LedgerStep.Poll or LedgerStep.Cancel => Rendering(null, null),
        LedgerStep.Fetch => Downloading,
        _ => Finishing(0),
    };

    public GenerationSnapshot Snapshot(string id, Generation generation) => new(
        id, generation.Request!, generation.Status, generation.Version, generation.CreatedAt, generation.UpdatedAt,
        generation.IsFinished ? GenerationStage.Done : generation.IsCanceling ? GenerationStage.Canceling : Stage,
        generation.Status is GenerationStatus.Completed ? 1 : Progress is { } known ? Math.Round(known, 3) : null,
        generation.IsFinished ? null : QueuePosition,
        generation.IsFinished ? null : WaitReason,
        generation.AttemptNumber, generation.Attempt?.Backend, generation.Attempt?.IsPreview ?? false, generation.Film,
        generation.Error, generation.Cancellation, generation.Expiry,
        generation.Model ?? generation.Attempt?.Backend, generation.OrderedModel,
        generation.Request!.Character is null ? null : generation.Attempt?.Plan.PicturesUsed);
}
