namespace VideoGen.Grains.RenderSlots;

/// <summary>
/// The holders as last granted. Releases are not written: after a crash every stored holder is asked whether it still needs its
/// slot, and the queue refills as the waiting generations ask.
/// </summary>
[GenerateSerializer, Alias("videogen.budget-state")]
internal sealed record RenderSlotState
{
    [Id(0)] public IReadOnlyList<string> Holders { get; init; } = [];

    [Id(1)] public IReadOnlyList<QueuePause> Pauses { get; init; } = [];

    /// <summary>The approximate number of waiting generations (<see cref="QueueRebuild.MostFor"/>).</summary>
    [Id(2)] public int Waiting { get; init; }

    /// <summary>
    /// When the newest waiting generation was accepted, so that a clock that was set back does not make waiting generations look
    /// new.
    /// </summary>
    [Id(3)] public DateTimeOffset NewestAt { get; init; }

    /// <summary>Identifies the write, so that one whose acknowledgment was lost can be recognized.</summary>
    [Id(4)] public Guid WriteId { get; init; }
}
