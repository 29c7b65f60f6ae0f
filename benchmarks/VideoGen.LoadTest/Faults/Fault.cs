using VideoGen.FakeHub.Faults;

namespace VideoGen.LoadTest.Faults;

/// <summary>
/// One fault that passes: what the stand-in does wrong once, and with which codes an order may fail because of it; none when
/// nobody but the service may notice.
/// </summary>
internal sealed record Fault(FaultRule Rule, params string[] Ends)
{
    /// <summary>Whether it waits for the next question for the model, whoever asks it, and not for an order.</summary>
    public bool IsOfMapping => Rule.Fault is FaultKind.EmptyMapping or FaultKind.MappingError;

    public override string ToString() => Rule switch
    {
        { Status: { } status } => $"{Rule.Fault} {status}",
        { Seconds: { } seconds } => FormattableString.Invariant($"{Rule.Fault} {seconds} s"),
        _ => $"{Rule.Fault}",
    };

    /// <summary>The rule that strikes the next submit of a script.</summary>
    public FaultRule For(string script) => Rule with { Match = IsOfMapping ? new(Next: 1) : new(script, Next: 1) };
}
