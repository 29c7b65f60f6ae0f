using System.Text.Json.Serialization;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Generations.Ledger;

/// <summary>What is kept of a finished generation, and the end of that.</summary>
internal sealed partial record Generation
{
    /// <summary>Since when its media are gone, and why.</summary>
    [Id(40)] public Expiry? Expiry { get; init; }

    /// <summary>Whether its media may still be there although it is expired: they are being cleared away.</summary>
    [Id(41)] public bool IsClearing { get; init; }

    [JsonIgnore] public bool IsExpired => Status is GenerationStatus.Expired;

    /// <summary>The bytes of what it holds. Before its end nobody can tell.</summary>
    public long KeptBytes(bool keepsOriginals) =>
        IsFinished ? GenerationFiles.Held(this, keepsOriginals).Sum(file => file.Bytes) : 0;

    /// <summary>The upload that it needs; null when it needs none any more.</summary>
    [JsonIgnore] public string? HeldUpload => IsExpired || IsDeleted ? null : Request?.CharacterImage;

    /// <summary>
    /// The one transition to <c>expired</c>: written before anything is deleted, so that no film is promised that is gone. What is not
    /// finished, or deleted, never expires.
    /// </summary>
    public Generation Expire(ExpiryReason reason, DateTimeOffset now) => !IsFinished || IsExpired || IsDeleted
        ? this
        : (Change(now) with
        {
            Status = GenerationStatus.Expired,
            Film = null,
            Expiry = new Expiry(now, reason),
            IsClearing = true,
        }).WithLine(LogKind.Expired);

    /// <summary>Nothing is left of its media; no change that anybody sees.</summary>
    public Generation Cleared() => IsClearing ? this with { IsClearing = false } : this;
}
