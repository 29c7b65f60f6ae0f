using System.Collections.Immutable;

namespace VideoGen.Grains.RenderSlots;

/// <summary>The pauses of one upstream: at most one for the account and one per model.</summary>
internal sealed record UpstreamPauses(ImmutableArray<QueuePause> All)
{
    public static UpstreamPauses None { get; } = new([]);

    /// <summary>The pause that applies to this model; null when there is none.</summary>
    public QueuePause? Of(string? model) => All.FirstOrDefault(pause => pause.Stops(model));

    /// <summary>Whether a generation of this model may be sent: no pause applies, or all that do are due for a probe.</summary>
    public bool LetsGo(string? model, TimeSpan now) => All.All(pause => !pause.Stops(model) || pause.IsProbeDue(now));

    /// <summary>Whether a generation was a refused probe of the pause that applies to it.</summary>
    public bool WasTried(Waiter waiter) => Of(waiter.Model)?.Tried.Contains(waiter.Id) is true;

    public bool IsProbe(string id) => All.Any(pause => pause.Probe == id);

    /// <summary>A slot was granted: during a pause its holder is the probe.</summary>
    public UpstreamPauses Granted(string? model, string id) =>
        Change(pause => pause.Stops(model), pause => pause with { Probe = id });

    /// <summary>
    /// A refusal begins a pause, or prolongs it. It says nothing about the other pauses that the probe was for.
    /// </summary>
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

    /// <summary>The generation released its slot.</summary>
    public UpstreamPauses Left(string id, TimeSpan now) => Change(pause => pause.Probe == id, pause => pause.Abandoned(now));

    /// <summary>The pauses that the other does not contain.</summary>
    public IEnumerable<UpstreamPause> NotIn(UpstreamPauses other) => All.Select(pause => pause.Pause)
        .ExceptBy(other.All.Select(pause => pause.Pause.Model), pause => pause.Model);

    /// <summary>Whether everything that has to survive the loss of memory is stored.</summary>
    public bool IsStoredAs(IReadOnlyList<QueuePause> stored) => All.Select(Stored).SequenceEqual(stored.Select(Stored));

    private static (string Reason, string? Model, string? Probe) Stored(QueuePause pause) =>
        (pause.Pause.Reason, pause.Pause.Model, pause.Probe);

    private UpstreamPauses Change(Func<QueuePause, bool> isMeant, Func<QueuePause, QueuePause> change) => All.Any(isMeant)
        ? new UpstreamPauses([.. All.Select(pause => isMeant(pause) ? change(pause) : pause)])
        : this;
}
