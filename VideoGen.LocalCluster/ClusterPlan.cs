namespace VideoGen.LocalCluster;

/// <summary>Which processes make up a cluster, and what each is told.</summary>
internal static class ClusterPlan
{
    private const string Loopback = "127.0.0.1";

    private static readonly string[] Lock = ["flock", "--no-fork", "--wait", "30"];

    public static IReadOnlyList<ProcessPlan> For(LaunchOptions options)
    {
        var ports = new Stack<int>(FreePorts.Take(2 + (3 * options.Silos)));
        var redis = Redis(options, ports.Pop());
        var hub = FakeHub(options, ports.Pop());
        var settings = SharedSettings(options, redis, hub);
        return
        [
            redis,
            .. options.FakeHub ? [hub] : Array.Empty<ProcessPlan>(),
            .. Enumerable.Range(1, options.Silos).Select(number => Silo(number)),
            .. Enumerable.Range(1, options.Apis).Select(number => Api(number)),
        ];

        ProcessPlan Silo(int number) => Dotnet(
            options, $"silo-{number}", Tier.Silo, "VideoGen.Silo", ports.Pop(), "/ready",
            new(settings)
            {
                ["Orleans__Endpoints__SiloPort"] = $"{ports.Pop()}",
                ["Orleans__Endpoints__GatewayPort"] = $"{ports.Pop()}",
            },
            options.PassedOn);

        ProcessPlan Api(int number) => Dotnet(
            options, $"api-{number}", Tier.Api, "VideoGen.Api", options.Port + number - 1, "/ready", settings, options.PassedOn);
    }

    /// <summary>
    /// The Redis is ours, whatever the environment says: a silo that announced 127.0.0.1 to somebody's production cluster would
    /// do it much harm.
    /// </summary>
    private static Dictionary<string, string> SharedSettings(LaunchOptions options, ProcessPlan redis, ProcessPlan hub)
    {
        Dictionary<string, string> settings = new()
        {
            ["ConnectionStrings__redis"] = $"{Loopback}:{redis.Port}",
            ["VideoGen__DataDirectory"] = options.DataDirectory,
            ["Orleans__Endpoints__AdvertisedIPAddress"] = Loopback,
        };
        if (options.FakeHub)
        {
            settings["HF_TOKEN"] = "hf_fake";
            settings["VideoGen__HuggingFace__HubUrl"] = hub.Health.GetLeftPart(UriPartial.Authority);
            settings["VideoGen__HuggingFace__RouterUrl"] = hub.Health.GetLeftPart(UriPartial.Authority) + "/router";
            settings["VideoGen__HuggingFace__AllowLoopback"] = "true";
        }

        return settings;
    }

    /// <summary>
    /// Every write is in the page cache before it is acknowledged, so that killing Redis loses nothing. It holds a lock while it
    /// lives: the one of a cluster that was killed may still be ending, and two would destroy the append-only file.
    /// </summary>
    private static ProcessPlan Redis(LaunchOptions options, int port) => new(
        "redis", Tier.Store, new Uri($"redis://{Loopback}:{port}"),
        [
            .. OperatingSystem.IsLinux() ? [.. Lock, Path.Combine(Folder(options, "redis"), "lock")] : Array.Empty<string>(),
            "redis-server", "--bind", Loopback, "--port", $"{port}", "--dir", Folder(options, "redis"),
            "--appendonly", "yes", "--appendfsync", "everysec", "--save", "", "--maxmemory-policy", "noeviction",
        ],
        new Dictionary<string, string>(),
        LogFile(options, "redis"));

    private static ProcessPlan FakeHub(LaunchOptions options, int port) =>
        Dotnet(options, "fake-hub", Tier.Store, "VideoGen.FakeHub", port, "/_control/state", [], []);

    private static ProcessPlan Dotnet(
        LaunchOptions options, string name, Tier tier, string program, int port, string health,
        Dictionary<string, string> environment, IReadOnlyList<string> passedOn) => new(
        name, tier, new Uri($"http://{Loopback}:{port}{health}"),
        ["dotnet", Path.Combine(options.Programs, program, program + ".dll"), "--urls", $"http://{Loopback}:{port}", .. passedOn],
        environment,
        LogFile(options, name));

    private static string LogFile(LaunchOptions options, string name) => Path.Combine(Folder(options, "logs"), name + ".log");

    private static string Folder(LaunchOptions options, string name) =>
        Directory.CreateDirectory(Path.Combine(options.DataDirectory, name)).FullName;
}
