using System.Text.Json.Serialization;

namespace VideoGen.FakeVideos;

/// <summary>The program whose manners the stand-in has.</summary>
public enum VideosDialect
{
    /// <summary>SGLang diffusion.</summary>
    Sglang,

    /// <summary>vLLM-Omni.</summary>
    VllmOmni,

    /// <summary>FastVideo.</summary>
    Fastvideo,

    /// <summary>A gateway such as new-api, with status words of its own.</summary>
    Gateway,
}

/// <summary>What can be changed while the stand-in runs; a change counts for what happens after it.</summary>
public sealed record VideosSettings
{
    /// <summary>The program to play.</summary>
    public VideosDialect Dialect { get; init; }

    /// <summary>
    /// The served model. Its name tells the task: <c>TI2V</c> takes a picture, <c>I2V</c> needs one, others ignore it.
    /// </summary>
    public string Model { get; init; } = "Wan-AI/Wan2.2-TI2V-5B-Diffusers";

    /// <summary>How long a run takes, in seconds of the stand-in's clock.</summary>
    public double RenderSeconds { get; init; } = 2;

    /// <summary>How many runs there are at once, from 1 to 1,000; a change counts after the next restart.</summary>
    public int RunsAtOnce { get; init; } = 1;

    /// <summary>Whether each run is charged when it starts, as at a gateway.</summary>
    public bool Charges { get; init; }

    /// <summary>What the model's name says of its task: <c>TI2V</c>, <c>I2V</c> or <c>T2V</c>.</summary>
    [JsonIgnore]
    public string TaskType =>
        Model.Contains("TI2V", StringComparison.OrdinalIgnoreCase) ? "TI2V"
        : Model.Contains("I2V", StringComparison.OrdinalIgnoreCase) ? "I2V"
        : "T2V";

    /// <summary>Throws where a value makes no sense.</summary>
    public VideosSettings Checked() => this switch
    {
        { RunsAtOnce: < 1 or > 1_000 } => throw new ArgumentException("RunsAtOnce is from 1 to 1,000."),
        { RenderSeconds: not (>= 0 and <= 86_400) } => throw new ArgumentException("RenderSeconds is from 0 to 86,400."),
        { Model: null or "" } => throw new ArgumentException("Model has no name."),
        _ => this,
    };
}

/// <summary>Holds the settings in force.</summary>
public sealed class VideosSettingsBoard(VideosSettings initial)
{
    private volatile VideosSettings _current = initial.Checked();

    /// <summary>The settings in force.</summary>
    public VideosSettings Current
    {
        get => _current;
        set => _current = value.Checked();
    }
}
