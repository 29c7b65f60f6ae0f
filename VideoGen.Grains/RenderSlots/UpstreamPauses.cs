using System.Collections.Immutable;

namespace VideoGen.Grains.RenderSlots;

/// <summary>The pauses of one upstream: at most one for the account and one for each model.</summary>
internal sealed record UpstreamPauses(ImmutableArray<QueuePause> All)
{
    public static UpstreamPauses None { get; } = new([]);

    /// <summary>What holds an order of this model up; null when nothing does.</summary>
    public QueuePause? Of(string? model) => All.FirstOrDefault(pause => pause.Stops(model));

    /// <summary>Whether an order of this model may be sent: nothing is paused for it, or all that is wants a probe.</summary>
    public bool LetsGo(string? model, TimeSpan now) => All.All(pause => !pause.Stops(model) || pause.IsProbeDue(now));

    /// <summary>Whether an order was a probe that was refused, during the pause that holds it up.</summary>
    public bool WasTried(Waiter waiter) => Of(waiter.Model)?.Tried.Contains(waiter.Id) is true;

    public bool IsProbe(string id) => All.Any(pause => pause.Probe == id);

    /// <summary>A slot was granted: during a pause its holder is the probe.</summary>
    public UpstreamPauses Granted(string? model, string id) =>
        Change(pause => pause.Stops(model), pause => pause with { Probe = id });

    /// <summary>A refusal begins a pause, or prolongs it. About the other pauses that a probe was for it says nothing.</summary>
    public UpstreamPauses Refused(UpstreamPause refusal, string by, DateTimeOffset at, TimeSpan now)
    {
        var known = Change(pause => pause.Pause.Model == refusal.Model, pause => pause.Refused(refusal, by, now)).Left(by, now);
        return known.All.Any(pause => pause.Pause.Model == refusal.Model)
            ? known
            : new UpstreamPauses(known.All.Add(QueuePause.Begin(refusal, at, now)));
    }

    /// <summary>Ends the pauses that the probe was for.</summary>
    public UpstreamPauses Accepted(string probe) =>
        IsProbe(probe) ? new UpstreamPauses(All.RemoveAll(pause => pause.Probe == probe)) : this;

    /// <summary>Gave its slot back.</summary>
    public UpstreamPauses Left(string id, TimeSpan now) => Change(pause => pause.Probe == id, pause => pause.Abandoned(now));

    /// <summary>The pauses that the other does not have, for whatever reason.</summary>
    public IEnumerable<UpstreamPause> NotIn(UpstreamPauses other) => All.Select(pause => pause.Pause)
        .ExceptBy(other.All.Select(pause => pause.Pause.Model), pause => pause.Model);

    /// <summary>Whether what has to survive the loss of the memory is the same.</summary>
    public bool IsStoredAs(IReadOnlyList<QueuePause> stored) => All.Select(Stored).SequenceEqual(stored.Select(Stored));

    private static (string Reason, string? Model, string? Probe) Stored(QueuePause pause) =>
        (pause.Pause.Reason, pause.Pause.Model, pause.Probe);

    private UpstreamPauses Change(Func<QueuePause, bool> isMeant, Func<QueuePause, QueuePause> change) => All.Any(isMeant)
        ? new UpstreamPauses([.. All.Select(pause => isMeant(pause) ? change(pause) : pause)])
        : this;
}
