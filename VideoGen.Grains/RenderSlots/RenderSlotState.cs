namespace VideoGen.Grains.RenderSlots;

/// <summary>
/// The holders as last granted. Releases are not written: after a crash every stored holder is asked whether it still needs its
/// slot, and the queue fills again as the waiting generations ask.
/// </summary>
[GenerateSerializer, Alias("videogen.budget-state")]
internal sealed record RenderSlotState
{
    [Id(0)] public IReadOnlyList<string> Holders { get; init; } = [];

    [Id(1)] public IReadOnlyList<QueuePause> Pauses { get; init; } = [];

    /// <summary>About how many waited (<see cref="QueueRebuild.MostFor"/>).</summary>
    [Id(2)] public int Waiting { get; init; }

    /// <summary>
    /// When the newest of those who waited was accepted: a clock that was put back must not make new ones of them.
    /// </summary>
    [Id(3)] public DateTimeOffset NewestAt { get; init; }

    /// <summary>Names the write, so that one whose answer was lost is known again.</summary>
    [Id(4)] public Guid WriteId { get; init; }
}
