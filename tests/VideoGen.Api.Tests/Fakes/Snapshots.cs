using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Tests.Fakes;

/// <summary>Generations in the states that tests look at.</summary>
internal static class Snapshots
{
    public static readonly DateTimeOffset Created = new(2026, 11, 23, 2, 9, 16, 589, TimeSpan.FromHours(1));

    /// <summary>The upload that all of them were made of; every host has it.</summary>
    public const string Picture = "character_1.jpg";

    public static GenerationSnapshot Pending(string id, GenerationRequest? request = null) => new(
        id, request ?? new GenerationRequest("public", Picture, "She waves.", 5, 768), GenerationStatus.Pending, 1,
        Created, Created, GenerationStage.Queued, null, 3, null, 1, null, false, null, null);

    public static GenerationSnapshot Completed(string id) => Pending(id) with
    {
        Status = GenerationStatus.Completed,
        Stage = GenerationStage.Done,
        QueuePosition = null,
        Progress = 1,
        Backend = "preview",
        IsPreview = true,
        Version = 7,
        Model = "preview",
        OrderedModel = "preview",
        Film = new FinishedVideo(id + ".mp4", id + ".jpg", 5, 768, 768, 1_234_567, PlaybackRate: 0.8),
    };

    public static GenerationSnapshot Expired(string id) => Completed(id) with
    {
        Status = GenerationStatus.Expired,
        Version = 8,
        Film = null,
        Expiry = new Expiry(Created.AddDays(30), ExpiryReason.Age),
    };

    public static GenerationSnapshot Failed(string id) => Pending(id) with
    {
        Status = GenerationStatus.Failed,
        Stage = GenerationStage.Done,
        Backend = "huggingface",
        Error = new GenerationError("payment_required", "Add credit.", true, "fal-ai", 402, "r-1"),
    };
}
