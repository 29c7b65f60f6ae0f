using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace VideoGen.Grains.RenderSlots;

/// <summary>
/// Why a queue, or its part for one model, is paused, and which generation probes it. The reason and the probe are stored. Times
/// are measured by the clock of one activation; after its loss the first probe follows as soon as after a new pause.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.queue-pause")]
internal sealed record QueuePause
{
    /// <summary>The delay of the first probe, unless the upstream says when; it doubles with each further one.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(15);

    /// <summary>No probe is delayed longer, whatever the upstream says.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    [Id(0)] public UpstreamPause Pause { get; init; } = new("", "");
    [Id(1)] public DateTimeOffset Since { get; init; }

    /// <summary>The generation that has a slot in order to probe; null when there is none.</summary>
    [Id(2)] public string? Probe { get; init; }

    [Id(3), JsonIgnore] public TimeSpan Interval { get; init; } = First;
    [Id(4), JsonIgnore] public TimeSpan NextProbeAt { get; init; } = First;

    /// <summary>
    /// The probes that were refused: the next probe is another generation if there is one, so that a generation that is itself
    /// the cause does not block the others.
    /// </summary>
    [Id(5), JsonIgnore] public ImmutableHashSet<string> Tried { get; init; } = [];

    public static QueuePause Begin(UpstreamPause refusal, DateTimeOffset since, TimeSpan now)
    {
        var interval = AtMost(refusal.RetryAfter ?? First);
        return new QueuePause { Pause = refusal, Since = since, Interval = interval, NextProbeAt = now + interval };
    }

    /// <summary>A generation without a model may be for any model.</summary>
    public bool Stops(string? model) => Pause.Model is null || model is null || Pause.Model == model;

    public bool IsProbeDue(TimeSpan now) => Probe is null && now >= NextProbeAt;

    /// <summary>
    /// The upstream refused once more. Only the probe's refusal is new information; the others were sent before, like the first
    /// one.
    /// </summary>
    public QueuePause Refused(UpstreamPause refusal, string by, TimeSpan now)
    {
        var interval = by == Probe ? AtMost(Max(Interval * 2, refusal.RetryAfter)) : Interval;
        var next = by == Probe ? now + interval : Max(NextProbeAt, now + AtMost(refusal.RetryAfter ?? TimeSpan.Zero));
        return this with
        {
            Pause = refusal,
            Probe = by == Probe ? null : Probe,
            Interval = interval,
            NextProbeAt = next,
            Tried = by == Probe ? Tried.Add(by) : Tried,
        };
    }

    /// <summary>
    /// The probe released its slot without a verdict: it was canceled, or it is unknown whether it was accepted.
    /// </summary>
    public QueuePause Abandoned(TimeSpan now) => this with { Probe = null, NextProbeAt = now + Interval };

    private static TimeSpan AtMost(TimeSpan wanted) => wanted < Longest ? wanted : Longest;

    private static TimeSpan Max(TimeSpan left, TimeSpan? right) => right > left ? right.Value : left;
}
