using System.ComponentModel;
using VideoGen.Api.Generations;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Models;

/// <summary>
/// A model. What it takes is null while that cannot be known, because its upstream was not asked yet or does not answer.
/// </summary>
internal sealed record ModelResource(
    [property: Description("What an order names as its model.")] string Id,
    string Title,
    [property: Description("What the model is called at its upstream; null where the upstream has only one.")] string? Name,
    string Upstream,
    [property: Description("Whether orders that name no model are for this one.")] bool Default,
    [property: Description("Whether its videos are camera moves over the picture, made without a model.")] bool Preview,
    [property: Description("Whether its upstream accepts orders at the moment. Others are accepted and wait.")] bool Available,
    [property: Description("Why it is not available.")] string? Problem,
    [property: Description("The models that are tried, in this order, when its upstream certainly accepts nothing.")]
    IReadOnlyList<string> Fallback,
    IReadOnlyList<string> Qualities,
    IReadOnlyList<string> AspectRatios,
    DurationsResource Durations,
    [property: Description("The aspect ratios that it renders itself; empty for any, or if that is not known.")]
    IReadOnlyList<string>? NativeAspectRatios,
    [property: Description("Whether its parameters are known. Without a profile it gets only the picture and the script.")]
    bool? Profile,
    [property: Description("Whether it takes the script.")] bool? Script,
    [property: Description("Whether it takes a seed.")] bool? Seed,
    [property: Description("Whether it takes a negative prompt.")] bool? NegativePrompt,
    [property: Description("Whether it takes the amount of motion.")] bool? Motion,
    [property: Description("Whether it has a switch for its sound; without one, unwanted sound is removed.")] bool? SoundSwitch,
    [property: Description("How many pictures of a character it takes, the front included.")] int? CharacterPictures)
{
    private static readonly string[] AllQualities = ["512", "768", "1024"];
    private static readonly string[] AllShapes = [.. AspectRatio.Fixed, AspectRatio.Source];

    public static ModelResource From(OfferedModel model)
    {
        var traits = model.Traits;
        var durations = new DurationsResource(
            GenerateVideoRequest.MinDuration, GenerateVideoRequest.MaxDuration, traits?.Seconds);
        return new ModelResource(
            model.Id, model.Title, model.Name, model.Upstream, model.IsDefault, model.IsPreview, model.Problem is null,
            model.Problem, model.Fallback, AllQualities, AllShapes, durations, traits?.Shapes, traits?.HasProfile,
            traits?.Script, traits?.Seed, traits?.NegativePrompt, traits?.Motion, traits?.Sound,
            traits is null ? null : traits.References + 1);
    }
}

/// <summary>
/// The durations in seconds: any whole number from <paramref name="Min"/> to <paramref name="Max"/>. <paramref name="Native"/>
/// are those that the model renders itself; empty for any, or if that is not known.
/// </summary>
internal sealed record DurationsResource(int Min, int Max, IReadOnlyList<int>? Native);
