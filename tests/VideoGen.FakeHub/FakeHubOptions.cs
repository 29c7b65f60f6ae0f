namespace VideoGen.FakeHub;

/// <summary>Where the stand-in listens (port 0 takes a free one), and the settings of the start and after a reset.</summary>
public sealed record FakeHubOptions
{
    private const int DefaultPort = 7870;

    /// <summary>One or more addresses, separated by semicolons.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:0";

    /// <summary>The paces at the start.</summary>
    public HubSettings Settings { get; init; } = new();

    /// <summary>Reads <c>--urls</c>, else <c>PORT</c>, and the section <c>FakeHub</c> (<c>FakeHub__RenderSeconds</c>).</summary>
    public static FakeHubOptions From(string[] args)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        var port = configuration.GetValue("PORT", DefaultPort);
        return new()
        {
            Urls = configuration["urls"] ?? $"http://127.0.0.1:{port}",
            Settings = configuration.GetSection("FakeHub").Get<HubSettings>() ?? new(),
        };
    }
}
