using System.Text.Json.Serialization;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Generations.Ledger;

/// <summary>The retention of a finished generation's media, and their expiry.</summary>
internal sealed partial record Generation
{
    /// <summary>Since when its media are gone, and why.</summary>
    [Id(40)] public Expiry? Expiry { get; init; }

    /// <summary>Whether media may still exist although the generation is expired, because they are being removed.</summary>
    [Id(41)] public bool IsClearing { get; init; }

    [JsonIgnore] public bool IsExpired => Status is GenerationStatus.Expired;

    /// <summary>The bytes of its media; unknown before the generation has ended.</summary>
    public long KeptBytes(bool keepsOriginals) =>
        IsFinished ? GenerationFiles.Held(this, keepsOriginals).Sum(file => file.Bytes) : 0;

    /// <summary>The upload that it needs; null when it needs none any more.</summary>
    [JsonIgnore] public string? HeldUpload => IsExpired || IsDeleted ? null : Request?.CharacterImage;

    /// <summary>
    /// The only transition to <c>expired</c>. It is written before anything is deleted, so that no video is offered that is gone.
    /// A generation that is unfinished or deleted never expires.
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

    /// <summary>All media have been removed; this change is not visible.</summary>
    public Generation Cleared() => IsClearing ? this with { IsClearing = false } : this;
}
