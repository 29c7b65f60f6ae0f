using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Generations.Ledger;

/// <summary>The expiry of a finished generation, whose media retention removes.</summary>
internal static class ExpiryTransitions
{
    extension(Generation generation)
    {
        /// <summary>
        /// The only transition to <c>expired</c>. It is written before anything is deleted, so that no video is offered that is
        /// gone. A generation that is unfinished or deleted never expires.
        /// </summary>
        public Generation Expire(ExpiryReason reason, DateTimeOffset now) =>
            !generation.IsFinished || generation.IsExpired || generation.IsDeleted
                ? generation
                : (generation.Change(now) with
                {
                    Status = GenerationStatus.Expired,
                    Film = null,
                    Expiry = new Expiry(now, reason),
                    IsClearing = true,
                }).WithLine(LogKind.Expired);

        /// <summary>All media have been removed; this change is not visible.</summary>
        public Generation Cleared() => generation.IsClearing ? generation with { IsClearing = false } : generation;
    }
}
