using System.Text.Json;
using VideoGen.FakeComfy.Faults;
using VideoGen.FakeComfy.Graphs;

namespace VideoGen.FakeComfy.Prompts;

/// <summary>
/// One prompt that was accepted. <paramref name="Serial"/> tells apart two runs with one id, and <paramref name="Extra"/> is
/// <c>extra_data</c> without its secrets.
/// </summary>
internal sealed record Run(
    long Serial, double Number, string Id, string? AskedId, string? ClientId, Graph Graph,
    IReadOnlyDictionary<string, JsonElement> Extra, IReadOnlyList<string> Outputs, bool HasPartner,
    IReadOnlyList<FaultRule> Faults, long CreatedAt)
{
    /// <summary>Whether it is billed when it starts: a partner node is in it and does its work.</summary>
    public bool IsCharged =>
        HasPartner && (Fault(FaultKind.CachedWithFiles) ?? Fault(FaultKind.CachedWithoutOutputs)) is null;

    public FaultRule? Fault(FaultKind kind) => Faults.FirstOrDefault(rule => rule.Fault == kind);

    /// <summary>The first five parts of what ComfyUI queues; the sixth holds secrets and is never told.</summary>
    public object[] ToTuple() => [Number, Id, Graph.Prompt, Extra, Outputs];
}

/// <summary>How a run ended.</summary>
internal sealed record Ended(
    Run Run, bool Succeeded, bool WasInterrupted, IReadOnlyDictionary<string, object> Outputs, IReadOnlyList<object[]> Messages,
    long StartedAt, long EndedAt, object? Error, string? File)
{
    public object Status => new { status_str = Succeeded ? "success" : "error", completed = Succeeded, messages = Messages };

    public object ToHistory() => new { prompt = Run.ToTuple(), outputs = Outputs, status = Status, meta = Meta };

    private Dictionary<string, object> Meta => Outputs.Keys.ToDictionary(
        id => id, id => (object)new { node_id = id, display_node = id, parent_node = (string?)null, real_node_id = id });
}
