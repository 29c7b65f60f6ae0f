using VideoGen.FakeHub.Jobs;

namespace VideoGen.FakeHub.Faults;

/// <summary>
/// One scripted fault. <paramref name="Match"/> picks the submits it is for. Where a fault can meet a job repeatedly (polls,
/// links, downloads), it skips the first <see cref="After"/> times and then strikes <see cref="Count"/> times, or always.
/// </summary>
public sealed record FaultRule(FaultKind Fault, FaultMatch? Match = null)
{
    /// <summary>The HTTP status, where the fault has one.</summary>
    public int? Status { get; init; }

    /// <summary>The time, where the fault has one.</summary>
    public double? Seconds { get; init; }

    /// <summary>The address, where the fault has one.</summary>
    public string? Location { get; init; }

    /// <summary>How many times it strikes one job; null for always.</summary>
    public int? Count { get; init; }

    /// <summary>How many times it lets pass first.</summary>
    public int After { get; init; }

    /// <summary>Whether it strikes at this occurrence, counted from 1.</summary>
    public bool Covers(int occurrence) => occurrence > After && (Count is null || occurrence <= After + Count);
}

/// <summary>
/// Picks submits: <paramref name="Prompt"/> is part of the prompt, <paramref name="Provider"/> is one of the four or
/// <c>endpoint</c>, <paramref name="Model"/> is the provider's model (for <see cref="FaultKind.MappingError"/> the Hub's), and
/// only the <paramref name="Next"/> ones that fit. What is left out fits everything.
/// </summary>
public sealed record FaultMatch(string? Prompt = null, string? Provider = null, string? Model = null, int? Next = null)
{
    /// <summary>Whether an order fits, apart from the number.</summary>
    public bool Fits(Order order) =>
        (Prompt is null || order.Prompt.Contains(Prompt, StringComparison.Ordinal))
        && (Provider is null || Provider == order.Provider)
        && (Model is null || Model == order.Model);
}
