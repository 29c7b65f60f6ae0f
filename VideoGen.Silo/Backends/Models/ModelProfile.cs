using System.Text.Json.Nodes;

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

    public IReadOnlyList<(string Name, string Value)> Fixed { get; init; } = [];

    public OptionalFieldRule Optional { get; init; } = new();

    public JsonObject Say(int seconds, int side)
    {
        var said = new JsonObject();
        Frames?.Say(said, seconds);
        Seconds?.Say(said, seconds);
        foreach (var size in Sizes)
        {
            said[size.Name] = size.At(side);
        }

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

/// <summary>The value for each of our three sizes; without values the side itself, as a number.</summary>
internal sealed record SizeRule(string Name, string? At512 = null, string? At768 = null, string? At1024 = null)
{
    public JsonNode At(int side) => (side <= 512 ? At512 : side <= 768 ? At768 : At1024) is { } word ? word : side;
}
