using System.Text.Json.Nodes;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Silo.Backends.Models;

/// <summary>
/// The optional fields that a model supports: a seed, a negative prompt, and an amount of motion under <paramref
/// name="MotionName"/> on the scale of Stable Video Diffusion (1–255, 127 by default). Fields that the user did not set are not
/// sent.
/// </summary>
internal sealed record OptionalFieldRule(bool Seed = false, bool NegativePrompt = false, string? MotionName = null)
{
    public void Say(JsonObject said, GenerationRequest request)
    {
        if (Seed && request.Seed is { } seed)
        {
            said["seed"] = (int)(seed & int.MaxValue);    // providers count seeds in 31 bits
        }

        if (NegativePrompt && request.NegativePrompt is { } text)
        {
            said["negative_prompt"] = text;
        }

        if (MotionName is not null && request.Motion is { } motion)
        {
            said[MotionName] = motion switch { Motion.Low => 60, Motion.High => 200, _ => 127 };
        }
    }
}
