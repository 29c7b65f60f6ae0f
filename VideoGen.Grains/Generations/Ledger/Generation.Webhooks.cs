using System.Collections.Immutable;
using System.Text.Json.Serialization;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Grains.Generations.Ledger;

/// <summary>
/// The webhooks that still have to be sent. Transitions need no code for this: pending webhooks are derived from the log, so they
/// exist from the write that ends the generation.
/// </summary>
internal sealed partial record Generation
{
    /// <summary>Events up to this version were handed over to the delivery, which has stored them.</summary>
    [Id(50)] public long AnnouncedVersion { get; init; }

    /// <summary>Whether there are events to hand over to the delivery.</summary>
    [JsonIgnore] public bool OwesWebhooks => IsFinished && !IsDeleted && Request?.WebhookUrl is not null && OwedLines.Any();

    private IEnumerable<LogLine> OwedLines =>
        Log.Lines.Where(line => line.Version > AnnouncedVersion && line.Status.IsEnd && !line.IsNote);

    /// <summary>The events that were not handed over yet, oldest first; more than one if a retry came between.</summary>
    public ImmutableArray<WebhookEvent> OwedEvents() =>
    [
        .. OwedLines.Select(line => new WebhookEvent(
            line.Version, line.Status, line.At, line.Attempt, Attempt?.IsPreview ?? false,
            line.Status is GenerationStatus.Completed ? Film : null,
            line.Error,
            line.Status is GenerationStatus.Canceled ? Cancellation : null)),
    ];

    /// <summary>This change is not visible.</summary>
    public Generation Announced(long version) => version > AnnouncedVersion ? this with { AnnouncedVersion = version } : this;
}
