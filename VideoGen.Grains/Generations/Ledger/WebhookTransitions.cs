using System.Collections.Immutable;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Grains.Generations.Ledger;

/// <summary>
/// The webhooks that still have to be sent. They are derived from the log, so they exist from the write that ends the generation.
/// </summary>
internal static class WebhookTransitions
{
    extension(Generation generation)
    {
        /// <summary>The events that were not handed over yet, oldest first; more than one if a retry came between.</summary>
        public ImmutableArray<WebhookEvent> OwedEvents() =>
        [
            .. generation.OwedLines.Select(line => new WebhookEvent(
                line.Version, line.Status, line.At, line.Attempt, generation.Attempt?.IsPreview ?? false,
                line.Status is GenerationStatus.Completed ? generation.Film : null,
                line.Error,
                line.Status is GenerationStatus.Canceled ? generation.Cancellation : null,
                generation.Request!.WebhookForm)),
        ];

        /// <summary>This change is not visible.</summary>
        public Generation Announced(long version) =>
            version > generation.AnnouncedVersion ? generation with { AnnouncedVersion = version } : generation;
    }
}
