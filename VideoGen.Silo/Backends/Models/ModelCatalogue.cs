using System.Text.Json.Nodes;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.HuggingFace.Providers;

namespace VideoGen.Silo.Backends.Models;

/// <summary>
/// The known models, from the providers' own pages (fal.ai, wavespeed.ai, docs.together.ai, novita.ai; September 2026). A model
/// that is not listed gets the picture, the script and the provider's defaults, because an unknown parameter would make it
/// refuse. Results are converted to the requested length and size in any case.
/// </summary>
internal static class ModelCatalogue
{
    private static readonly SizeRule Resolution = SizeRule.Words("resolution", "480p", "720p", "720p");
    private static readonly ShapeRule Shapes = new("aspect_ratio", "1:1", "16:9", "9:16");

    private static readonly OptionalFieldRule SeedAndNegative = new(Seed: true, NegativePrompt: true);
    private static readonly OptionalFieldRule SeedAndMotion = new(Seed: true, MotionName: "motion_bucket_id");

    private static readonly ModelProfile[] Profiles =
    [
        new("fal-ai", "fal-ai/wan/v2.2-a14b/image-to-video")
        {
            Frames = new("num_frames", Rate: 16, Least: 17, Most: 161, Step: 4) { RateName = "frames_per_second", LeastRate = 4 },
            Sizes = [Resolution],
            Shape = Shapes,
            Optional = SeedAndNegative,
        },
        new("fal-ai", "fal-ai/wan/v2.2-5b/image-to-video")
        {
            Frames = new("num_frames", Rate: 24, Least: 17, Most: 161, Step: 4) { RateName = "frames_per_second", LeastRate = 4 },
            Sizes = [SizeRule.Words("resolution", "580p", "720p", "720p")],
            Shape = Shapes,
            Optional = SeedAndNegative,
        },
        // More than 81 frames cost a quarter more here, so the frame rate is reduced instead.
        new("fal-ai", "fal-ai/wan-i2v")
        {
            Frames = new("num_frames", Rate: 16, Least: 81, Most: 81, Step: 4)
            {
                RateName = "frames_per_second", LeastRate = 5, MostRate = 24,
            },
            Sizes = [Resolution],
            Shape = Shapes,
            Optional = SeedAndNegative,
        },
        new("fal-ai", "fal-ai/ltxv-13b-098-distilled/image-to-video")
        {
            Frames = new("num_frames", Rate: 24, Least: 9, Most: 241, Step: 8) { RateName = "frame_rate" },
            Sizes = [Resolution],
            Shape = Shapes,
            Optional = SeedAndNegative,
        },
        // It supports one length, sent as a string.
        new("fal-ai", "fal-ai/hunyuan-video-image-to-video") { Fixed = [("num_frames", "129")], Optional = new(Seed: true) },
        new("fal-ai", "minimax/h3/image-to-video") { Seconds = new("duration", 5, 6, 7, 8, 9, 10) },
        new("wavespeed", "wavespeed-ai/wan-2.2/image-to-video")
        {
            Seconds = new("duration", 5, 8),
            Sizes = [SizeRule.Sides("size", "832*480", "1280*720", "1280*720")],
            Optional = SeedAndNegative,
        },
        new("wavespeed", "wavespeed-ai/wan-2.1/i2v-480p") { Seconds = new("duration", 5, 10), Optional = SeedAndNegative },
        new("wavespeed", "wavespeed-ai/wan-2.1/i2v-720p") { Seconds = new("duration", 5, 10), Optional = SeedAndNegative },
        // Its API has one set of parameters for all models.
        new("together", "")
        {
            Seconds = new("seconds", 3, 4, 5, 6, 7, 8, 9, 10) { AsText = true },
            Sizes = [SizeRule.Width("width"), SizeRule.Height("height")],
            Optional = SeedAndNegative,
        },
        new("novita", "MiniMax-H3")
        {
            Seconds = new("duration", 4, 5, 6, 7, 8, 9, 10),
            Sizes = [SizeRule.Words("resolution", "768P", "768P", "2K")],
            Fixed = [("ratio", "adaptive")],
        },
        // Our own convention for a dedicated endpoint, with the parameter names of diffusers.
        new("endpoint", "")
        {
            Frames = new("num_frames", Rate: 16, Least: 17, Most: 161, Step: 4) { RateName = "fps" },
            Sizes = [SizeRule.Width("width"), SizeRule.Height("height")],
            Optional = SeedAndNegative,
        },
        new("endpoint", "stabilityai/stable-video-diffusion-img2vid") { TakesScript = false, Frames = StableVideo(14), Optional =
            SeedAndMotion },
        new("endpoint", "stabilityai/stable-video-diffusion-img2vid-xt") { TakesScript = false, Frames =
            StableVideo(25), Optional = SeedAndMotion },
        new("endpoint", "stabilityai/stable-video-diffusion-img2vid-xt-1-1") { TakesScript = false, Frames =
            StableVideo(25), Optional = SeedAndMotion },
    ];

    public static JsonObject Parameters(string provider, ProviderModel model, int seconds, FrameSize size) =>
        Find(provider, model.Id)?.Say(seconds, size) ?? [];

    public static ModelProfile? Find(string provider, string model) => Profiles
        .Where(profile => profile.Provider == provider && Covers(profile.Model, model))
        .MaxBy(profile => profile.Model.Length);

    // It was trained for this number of frames, at 6 or 7 frames per second.
    private static FrameRule StableVideo(int frames) =>
        new("num_frames", Rate: 7, Least: frames, Most: frames, Step: 1) { RateName = "fps", LeastRate = 6, MostRate = 7 };

    private static bool Covers(string known, string model) =>
        known.Length == 0 || model == known || model.StartsWith(known + "/", StringComparison.Ordinal);
}
