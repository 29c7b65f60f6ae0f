namespace VideoGen.Grains.Budget;

/// <summary>
/// The holders as last granted. Releases are not written: after a crash every stored holder is asked whether it still needs its
/// slot, and the queue fills again as the waiting generations ask.
/// </summary>
[GenerateSerializer, Alias("videogen.budget-state")]
internal sealed record BudgetState
{
    [Id(0)] public IReadOnlyList<string> Holders { get; init; } = [];
}
