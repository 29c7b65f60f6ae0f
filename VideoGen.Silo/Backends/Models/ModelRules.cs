using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Silo.Backends.Models;

/// <summary>
/// Length as a number of frames: a multiple of <see cref="Step"/> plus one, as video models require it, from <see cref="Least"/>
/// to <see cref="Most"/>. If the frame rate is a parameter, it is reduced when the number of frames has reached its maximum, so
/// that a long video still has the requested length.
/// </summary>
internal sealed record FrameRule
{
    public required string Field { get; init; }

    public required int Rate { get; init; }

    public required int Least { get; init; }

    public required int Most { get; init; }

    public required int Step { get; init; }

    public string? RateField { get; init; }

    public int LeastRate { get; init; } = 1;

    public int MostRate { get; init; } = 60;

    public void Say(JsonObject said, int seconds)
    {
        var steps = (int)Math.Round((double)seconds * Rate / Step, MidpointRounding.AwayFromZero);
        var frames = Math.Clamp((steps * Step) + 1, Least, Most);
        said[Field] = frames;
        if (RateField is not null)
        {
            said[RateField] = Math.Clamp((int)Math.Round((double)frames / seconds), LeastRate, MostRate);
        }
    }
}

/// <summary>
/// Length in seconds, for a model that supports a few lengths. The next longer one is used, because cutting is better than
/// stretching.
/// </summary>
internal sealed record SecondsRule
{
    public required string Field { get; init; }

    public required IReadOnlyList<int> Allowed { get; init; }

    public bool AsText { get; init; }

    public void Say(JsonObject said, int seconds)
    {
        var allowed = Allowed.Where(value => value >= seconds).DefaultIfEmpty(Allowed.Max()).Min();
        said[Field] = AsText ? JsonValue.Create($"{allowed}") : JsonValue.Create(allowed);
    }
}

/// <summary>
/// A length in pixels, as near as the model can make it, or a word for each of our three short sides.
/// </summary>
internal sealed record SizeRule
{
    public required string Field { get; init; }

    public SizeRuleSide? Is { get; init; }

    [JsonPropertyName("512")] public string? At512 { get; init; }

    [JsonPropertyName("768")] public string? At768 { get; init; }

    [JsonPropertyName("1024")] public string? At1024 { get; init; }

    /// <summary>
    /// Whether the words are landscape sizes such as <c>832*480</c>, which an upright video turns around. A square one stays
    /// landscape, as such a model knows no square.
    /// </summary>
    public bool Turns { get; init; }

    /// <summary>The longest short side that the model can make; a larger frame is scaled down to it.</summary>
    public int? MostShort { get; init; }

    /// <summary>What the sides must be multiples of.</summary>
    public int Multiple { get; init; } = 1;

    public JsonNode At(FrameSize frame) => Is switch
    {
        SizeRuleSide.Width => Side(frame.Width, frame),
        SizeRuleSide.Height => Side(frame.Height, frame),
        SizeRuleSide.Both => $"{Side(frame.Width, frame)}x{Side(frame.Height, frame)}",
        _ => Turns && frame.Height > frame.Width ? string.Join('*', Word(frame).Split('*').Reverse()) : Word(frame),
    };

    private int Side(int side, FrameSize frame)
    {
        var scale = Math.Min(1, (double)(MostShort ?? int.MaxValue) / Math.Min(frame.Width, frame.Height));
        return Math.Max(1, (int)Math.Round(side * scale / Multiple, MidpointRounding.AwayFromZero)) * Multiple;
    }

    private string Word(FrameSize frame) =>
        (Math.Min(frame.Width, frame.Height) switch { <= 512 => At512, <= 768 => At768, _ => At1024 }) ?? "";
}

/// <summary>Which side of the frame a size is; both are written as <c>1280x720</c>.</summary>
internal enum SizeRuleSide
{
    Width,
    Height,
    Both,
}

/// <summary>The shapes that a model can make, by name; the nearest one is used, and of two equally near ones the first.</summary>
internal sealed record ShapeRule
{
    public required string Field { get; init; }

    public required IReadOnlyList<string> Allowed { get; init; }

    public void Say(JsonObject said, FrameSize frame) => said[Field] = Allowed.MinBy(name =>
        Math.Round(Math.Abs(Math.Log(AspectRatio.Of(name)!.Value.Ratio / frame.Ratio)), 2));
}
