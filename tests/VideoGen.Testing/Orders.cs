using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Video;

namespace VideoGen.Testing;

/// <summary>Requests and outcomes that tests need again and again.</summary>
public static class Orders
{
    public static GenerationRequest Request(string owner = "public") => new(owner, "character_1.jpg", "A fox waves.", 5, 768);

    /// <summary>The only model of an upstream of the same name.</summary>
    public static VideoModel Model(string name) => new(name, name);

    public static string NewId() => Guid.CreateVersion7().ToString();

    public static GenerationError Error(string code = GenerationErrorCode.ProviderUnavailable, bool retryable = true) =>
        new(code, "It did not work.", retryable);

    public static VideoFacts Facts(int seconds = 5, int side = 768) =>
        new("h264", "yuv420p", side, side, VideoShape.FrameRate, seconds * VideoShape.FrameRate, seconds, 1000, IsFastStart: true,
        HasAudio: false);
}
