using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Silo.Backends.Models;

/// <summary>
/// What is known about one model at one provider: how a length, a size and a shape map to its parameters. A model id that
/// continues after <see cref="Model"/> (an adapter's route) has the same profile; an empty id matches all other models. The
/// property names are those of the JSON file.
/// </summary>
internal sealed record ModelProfile
{
    [JsonPropertyName("$comment")] public string? Comment { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    /// <summary>Whether the model accepts a script; a model that does not may fail on one.</summary>
    public bool Script { get; init; } = true;

    public FrameRule? Frames { get; init; }

    public SecondsRule? Seconds { get; init; }

    public IReadOnlyList<SizeRule> Sizes { get; init; } = [];

    public ShapeRule? Shapes { get; init; }

    /// <summary>Parameters with one value.</summary>
    public IReadOnlyDictionary<string, string> Fixed { get; init; } = new Dictionary<string, string>();

    public bool Seed { get; init; }

    public bool NegativePrompt { get; init; }

    /// <summary>The parameter of the amount of motion, on the scale of Stable Video Diffusion (1–255, 127 by default).</summary>
    public string? Motion { get; init; }

    /// <summary>The parameter that is false where no sound is wanted.</summary>
    public string? Sound { get; init; }

    public ReferenceRule? References { get; init; }

    /// <summary>
    /// The parameters for a request, whose frame may be another than the model's. Optional fields that the user did not set are
    /// not sent.
    /// </summary>
    public JsonObject Parameters(GenerationRequest request, FrameSize frame)
    {
        var said = new JsonObject();
        Frames?.Say(said, request.DurationSeconds);
        Seconds?.Say(said, request.DurationSeconds);
        foreach (var size in Sizes)
        {
            said[size.Field] = size.At(frame);
        }

        Shapes?.Say(said, frame);
        foreach (var (name, value) in Fixed)
        {
            said[name] = value;
        }

        SayOptional(said, request);
        return said;
    }

    /// <summary>What users can know about it.</summary>
    public ModelTraits ToTraits() => new(
        HasProfile: true, Script, Seed, NegativePrompt, Motion is not null, Sound is not null, [.. Seconds?.Allowed ?? []],
        [.. Shapes?.Allowed ?? []], References?.Most ?? 0);

    private void SayOptional(JsonObject said, GenerationRequest request)
    {
        if (Seed && request.Seed is { } seed)
        {
            said["seed"] = (int)(seed & int.MaxValue);    // providers count seeds in 31 bits
        }

        if (NegativePrompt && request.NegativePrompt is { } text)
        {
            said["negative_prompt"] = text;
        }

        if (Motion is not null && request.Motion is { } motion)
        {
            said[Motion] = motion switch
            {
                Grains.Generations.Contract.Motion.Low => 60,
                Grains.Generations.Contract.Motion.High => 200,
                _ => 127,
            };
        }

        if (Sound is not null && request.IsSilent)
        {
            said[Sound] = false;
        }
    }
}
