using System.Collections.Immutable;
using System.Text.Json.Serialization;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Grains.Generations.Ledger;

/// <summary>
/// What a receiver is still to be told. No transition need think of it: an end is owed from the write that makes it, because what
/// is owed is read off the log.
/// </summary>
internal sealed partial record Generation
{
    /// <summary>Ends up to this version were taken on by the delivery, which has them on the store.</summary>
    [Id(50)] public long AnnouncedVersion { get; init; }

    /// <summary>Whether ends are to be handed over to the delivery.</summary>
    [JsonIgnore] public bool OwesWebhooks => IsFinished && !IsDeleted && Request?.WebhookUrl is not null && OwedLines.Any();

    private IEnumerable<LogLine> OwedLines =>
        Log.Lines.Where(line => line.Version > AnnouncedVersion && line.Status.IsEnd && !line.IsNote);

    /// <summary>The ends that were not handed over yet, oldest first; more than one when a retry came between.</summary>
    public ImmutableArray<WebhookEvent> OwedEvents() =>
    [
        .. OwedLines.Select(line => new WebhookEvent(
            line.Version, line.Status, line.At, line.Attempt, Attempt?.IsPreview ?? false,
            line.Status is GenerationStatus.Completed ? Film : null,
            line.Error,
            line.Status is GenerationStatus.Canceled ? Cancellation : null)),
    ];

    /// <summary>No change that anybody sees.</summary>
    public Generation Announced(long version) => version > AnnouncedVersion ? this with { AnnouncedVersion = version } : this;
}
