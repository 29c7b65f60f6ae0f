namespace VideoGen.FakeVideos;

/// <summary>Where the stand-in listens (port 0 takes a free one), and how it begins.</summary>
public sealed record FakeVideosOptions
{
    private const int DefaultPort = 7890;

    private static readonly Dictionary<string, string> Switches = new()
    {
        ["--dialect"] = "FakeVideos:Dialect",
        ["--model"] = "FakeVideos:Model",
        ["--api-key"] = "FakeVideos:ApiKey",
        ["--render-seconds"] = "FakeVideos:RenderSeconds",
        ["--runs-at-once"] = "FakeVideos:RunsAtOnce",
        ["--charges"] = "FakeVideos:Charges",
        ["--fault-seed"] = "FakeVideos:FaultSeed",
    };

    /// <summary>One address of this machine, <c>http://127.0.0.1:(port)</c>.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:0";

    /// <summary>The program to play.</summary>
    public VideosDialect Dialect { get; init; }

    /// <summary>The served model; see <see cref="VideosSettings.Model"/>.</summary>
    public string Model { get; init; } = new VideosSettings().Model;

    /// <summary>The key to ask for as Bearer; null asks for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>How long a run takes.</summary>
    public TimeSpan RenderTime { get; init; } = TimeSpan.FromSeconds(new VideosSettings().RenderSeconds);

    /// <summary>How many runs there are at once.</summary>
    public int RunsAtOnce { get; init; } = 1;

    /// <summary>Whether each run is charged when it starts.</summary>
    public bool Charges { get; init; }

    /// <summary>The seed of the faults that strike by chance.</summary>
    public int FaultSeed { get; init; } = 1;

    /// <summary>The clock of renders and pauses.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal VideosSettings Settings => new()
    {
        Dialect = Dialect,
        Model = Model,
        RenderSeconds = RenderTime.TotalSeconds,
        RunsAtOnce = RunsAtOnce,
        Charges = Charges,
    };

    /// <summary>
    /// Reads <c>--urls</c>, else <c>PORT</c>, and <c>--render-seconds</c> and the like, else <c>FakeVideos__RenderSeconds</c> and
    /// the like.
    /// </summary>
    public static FakeVideosOptions From(string[] args)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args, Switches).Build();
        var section = configuration.GetSection("FakeVideos");
        var defaults = new FakeVideosOptions();
        return new()
        {
            Urls = configuration["urls"] ?? $"http://127.0.0.1:{configuration.GetValue("PORT", DefaultPort)}",
            Dialect = Enum.Parse<VideosDialect>(section["Dialect"]?.Replace("-", "") ?? $"{defaults.Dialect}", ignoreCase: true),
            Model = section["Model"] ?? defaults.Model,
            ApiKey = section["ApiKey"],
            RenderTime = TimeSpan.FromSeconds(section.GetValue("RenderSeconds", defaults.RenderTime.TotalSeconds)),
            RunsAtOnce = section.GetValue("RunsAtOnce", defaults.RunsAtOnce),
            Charges = section.GetValue("Charges", defaults.Charges),
            FaultSeed = section.GetValue("FaultSeed", defaults.FaultSeed),
        };
    }
}
