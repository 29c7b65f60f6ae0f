using System.Globalization;

namespace VideoGen.FakeComfy;

/// <summary>Where the stand-in listens and keeps its files, and what it knows at the start.</summary>
public sealed record FakeComfyOptions
{
    private const int DefaultPort = 7880;

    /// <summary>One address on 127.0.0.1; port 0 takes a free one.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:0";

    /// <summary>
    /// The version of ComfyUI to imitate. Before 0.25.0 the client's <c>prompt_id</c> is ignored, before 0.26.0 there is no
    /// cancel by id, before 0.10 there are no jobs routes, and before 0.3.60 an interrupt stops whatever runs.
    /// </summary>
    public string Version { get; init; } = "0.36.0";

    /// <summary>How long a run takes.</summary>
    public TimeSpan RenderTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The folder of <c>input</c>, <c>output</c> and <c>temp</c>; null for one that is deleted at the end.</summary>
    public string? Directory { get; init; }

    /// <summary>The model files by folder; a folder that is left out has the files of the official templates.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ModelFiles { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>
    /// Node classes beyond those of <c>Nodes/</c>: a name alone, which takes any inputs, or a declaration like
    /// <c>Blur(image:IMAGE, radius:INT=1[0..9], mask?:MASK) -> IMAGE</c>, after the word <c>output</c> or <c>partner</c> if it
    /// is one.
    /// </summary>
    public IReadOnlyList<string> NodeClasses { get; init; } = [];

    /// <summary>
    /// Reads <c>--urls</c>, else <c>PORT</c>, and <c>--render-seconds</c>, <c>--comfy-version</c> and <c>--directory</c>.
    /// </summary>
    public static FakeComfyOptions From(string[] args)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        var defaults = new FakeComfyOptions();
        var port = configuration.GetValue("PORT", DefaultPort);
        var seconds = configuration["render-seconds"];
        return defaults with
        {
            Urls = configuration["urls"] ?? $"http://127.0.0.1:{port}",
            Version = configuration["comfy-version"] ?? defaults.Version,
            RenderTime = seconds is null
                ? defaults.RenderTime
                : TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)),
            Directory = configuration["directory"],
        };
    }
}
