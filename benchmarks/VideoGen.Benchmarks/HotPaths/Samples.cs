using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Generations.Steps;
using VideoGen.Grains.Media;

namespace VideoGen.Benchmarks.HotPaths;

/// <summary>A generation at the two ends of its life.</summary>
internal static class Samples
{
    public const string Id = "019a0000-0000-7000-8000-000000000001";

    public static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);

    private static readonly BackendTraits Paid = new(IsPreview: false, RepeatCostsMoney: true);
    private static readonly RenderPlan Plan =
        new("fal-ai", "fal-ai/wan/v2.2-a14b/image-to-video", "Wan-AI/Wan2.2-I2V-A14B", new string('a', 64));

    public static Generation Accepted() => Generation.Accept(
        new GenerationRequest("public", "character_1.jpg", "The fox waves at the camera and smiles.", 5, 768),
        new HistoryEntry(1, Id, Now));

    /// <summary>Every transition of a life without trouble.</summary>
    public static Generation Complete(Generation accepted) => accepted
        .Intend(new VideoModel("huggingface", "huggingface"), Paid, Plan, Now)
        .Submitted(new RenderJob(Id, "/requests/1/status", "/requests/1", "/requests/1/cancel"), Now)
        .Rendered(new RenderResult("https://cdn.example/film.mp4"), Now)
        .Stored(new StoredMedia($"{Id}-1.mp4", 1_000_000, new string('b', 64)), Now)
        .Completed(new FinishedVideo($"{Id}.mp4", $"{Id}.jpg", 5, 768, 768, 900_000), Now);

    public static GenerationSnapshot Snapshot(Generation generation) => LiveState.Of(generation).Snapshot(Id, generation);
}
