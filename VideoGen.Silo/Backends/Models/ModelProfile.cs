using System.Text.Json.Nodes;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Silo.Backends.Models;

/// <summary>
/// What is known about one model at one provider: how a length in seconds and a size in pixels map to its parameters. A model id
/// that continues after <paramref name="Model"/> (an adapter's route) has the same profile; an empty id matches all other models.
/// </summary>
internal sealed record ModelProfile(string Provider, string Model)
{
    /// <summary>Whether the model accepts a script; a model that does not may fail on one.</summary>
    public bool TakesScript { get; init; } = true;

    public FrameRule? Frames { get; init; }

    public SecondsRule? Seconds { get; init; }

    public IReadOnlyList<SizeRule> Sizes { get; init; } = [];

    public ShapeRule? Shape { get; init; }

    public IReadOnlyList<(string Name, string Value)> Fixed { get; init; } = [];

    public OptionalFieldRule Optional { get; init; } = new();

    public JsonObject Say(int seconds, FrameSize size)
    {
        var said = new JsonObject();
        Frames?.Say(said, seconds);
        Seconds?.Say(said, seconds);
        foreach (var rule in Sizes)
        {
            said[rule.Name] = rule.At(size);
        }

        Shape?.Say(said, size);

        foreach (var (name, value) in Fixed)
        {
            said[name] = value;
        }

        return said;
    }
}

/// <summary>
/// Length as a number of frames: a multiple of <paramref name="Step"/> plus one, as video models require it, from <paramref
/// name="Least"/> to <paramref name="Most"/>. If the frame rate is a parameter, it is reduced when the number of frames has
/// reached its maximum, so that a long video still has the requested length.
/// </summary>
internal sealed record FrameRule(string Name, int Rate, int Least, int Most, int Step)
{
    public string? RateName { get; init; }

    public int LeastRate { get; init; } = 1;

    public int MostRate { get; init; } = 60;

    public void Say(JsonObject said, int seconds)
    {
        var steps = (int)Math.Round((double)seconds * Rate / Step, MidpointRounding.AwayFromZero);
        var frames = Math.Clamp((steps * Step) + 1, Least, Most);
        said[Name] = frames;
        if (RateName is not null)
        {
            said[RateName] = Math.Clamp((int)Math.Round((double)frames / seconds), LeastRate, MostRate);
        }
    }
}

/// <summary>
/// Length in seconds, for a model that supports a few lengths. The next longer one is used, because cutting is better than
/// stretching.
/// </summary>
internal sealed record SecondsRule(string Name, params int[] Allowed)
{
    public bool AsText { get; init; }

    public void Say(JsonObject said, int seconds)
    {
        var allowed = Allowed.Where(value => value >= seconds).DefaultIfEmpty(Allowed.Max()).Min();
        said[Name] = AsText ? JsonValue.Create($"{allowed}") : JsonValue.Create(allowed);
    }
}

/// <summary>The value for each of our three short sides, or a length in pixels.</summary>
internal sealed record SizeRule(string Name, Func<FrameSize, JsonNode> At)
{
    public static SizeRule Width(string name) => new(name, size => size.Width);

    public static SizeRule Height(string name) => new(name, size => size.Height);

    /// <summary>A word for each short side.</summary>
    public static SizeRule Words(string name, string at512, string at768, string at1024) =>
        new(name, size => Math.Min(size.Width, size.Height) switch { <= 512 => at512, <= 768 => at768, _ => at1024 });

    /// <summary>
    /// Landscape sizes such as <c>832*480</c>, which an upright video turns around. A square one stays landscape, as the model
    /// knows no square.
    /// </summary>
    public static SizeRule Sides(string name, string at512, string at768, string at1024)
    {
        var landscape = Words(name, at512, at768, at1024);
        return new SizeRule(name, size => size.Height <= size.Width
            ? landscape.At(size)
            : string.Join('*', landscape.At(size).GetValue<string>().Split('*').Reverse()));
    }
}

/// <summary>The shapes that a model can make, by name; the nearest one is used, and of two equally near ones the first.</summary>
internal sealed record ShapeRule(string Name, params string[] Allowed)
{
    public void Say(JsonObject said, FrameSize size) =>
        said[Name] = Allowed.MinBy(name => Math.Round(Math.Abs(Math.Log(AspectRatio.Of(name)!.Value.Ratio / size.Ratio)), 2));
}
