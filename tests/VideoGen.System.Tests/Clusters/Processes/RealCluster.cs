using System.Text;
using VideoGen.FakeHub;
using VideoGen.SystemTests.Clusters.Clients;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Clusters.Processes;

/// <summary>Redis, three silos and two APIs as processes; the stand-in for Hugging Face lives in the test.</summary>
internal sealed class RealCluster : IAsyncDisposable
{
    public const int SiloCount = 3;
    public const int ApiCount = 2;

    /// <summary>
    /// More than silos that are alive at once, zombies included: an address is used again long after its last owner.
    /// </summary>
    private const int HubAddresses = 10;

    private const int TailLines = 60;
    private const int LineLength = 600;
    private const int DefectLength = 4_000;

    private readonly Setup _setup;
    private readonly TemporaryDirectory _media = new();
    private readonly List<SiloRun> _everySilo = [];
    private readonly List<(string Name, string Log)> _lastWords = [];

    private RealCluster(Setup setup, FakeHubServer hub)
    {
        (_setup, Hub) = (setup, hub);
        Redis = new RedisServer(setup.AppendFsync);
    }

    public FakeHubServer Hub { get; }

    public RedisServer Redis { get; }

    public Outage RedisOutage { get; } = new();

    /// <summary>The silos that are meant to be alive.</summary>
    public List<SiloRun> Silos { get; } = [];

    public List<ApiProcess> Apis { get; } = [];

    public IReadOnlyList<Outage> ApiOutages { get; } = [.. Enumerable.Range(0, ApiCount).Select(_ => new Outage())];

    /// <summary>
    /// Runs a test on a cluster of its own; when it fails, the message ends with what the processes wrote last.
    /// </summary>
    public static async Task RunAsync(Setup setup, Func<RealCluster, Task> test)
    {
        await using var cluster = new RealCluster(setup, await Testing.Hub.StartAsync(addresses: HubAddresses, shaped: true));
        try
        {
            await cluster.StartAsync();
            await test(cluster);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{exception}\n{cluster.Tails()}");    // the cause is told once, not twice
        }

        Assert.All(cluster._everySilo, silo => Assert.Null(silo.Leak));
    }

    /// <summary>A new silo, which orders from the provider whose turn it is.</summary>
    public SiloRun LaunchSilo()
    {
        var number = _everySilo.Count;
        var provider = Testing.Hub.Providers[number % Testing.Hub.Providers.Length];
        var address = Hub.Addresses[number % HubAddresses];
        var name = $"silo-{number}";
        var silo = new SiloRun(name, address, [
            .. Hub.Settings(provider, address),
            .. Shared,
            ("ConnectionStrings__redis", $"{Redis.ConnectionString},name={name}"),
            ("VideoGen__Inference__MaxConcurrent", $"{_setup.MaxConcurrent}"),
            ("VideoGen__Generation__MaxPollInterval", $"{_setup.MaxPollInterval}"),
        ]);
        _everySilo.Add(silo);
        Silos.Add(silo);
        return silo;
    }

    public Task StartSiloAsync() => LaunchSilo().ReadyAsync();

    /// <summary>SIGKILL for one silo.</summary>
    public Task KillAsync(SiloRun silo)
    {
        Silos.Remove(silo);
        return silo.KillAsync();
    }

    /// <summary>SIGTERM for one silo; returns its exit code.</summary>
    public Task<int> StopAsync(SiloRun silo)
    {
        Silos.Remove(silo);
        return silo.StopAsync();
    }

    /// <summary>SIGSTOP for one silo, which is as good as dead to all others.</summary>
    public void Freeze(SiloRun silo)
    {
        Silos.Remove(silo);
        silo.Freeze();
    }

    /// <summary>SIGKILL for Redis, whose clients may notice until it is back.</summary>
    public async Task KillRedisAsync()
    {
        if (_setup.AppendFsync is not "always")
        {
            await Redis.FlushedAsync();
        }

        RedisOutage.Begin();
        await Redis.KillAsync();
    }

    /// <summary>Starts Redis with what is in its file; the outage ends when the cluster works again.</summary>
    public async Task RestartRedisAsync(Func<Task> works)
    {
        await Redis.StartAsync();
        await works();
        RedisOutage.End();
    }

    /// <summary>Waits until every API lists generations again.</summary>
    public async Task ListsAsync()
    {
        for (var api = 0; api < ApiCount; api++)
        {
            await Eventually.GetAsync(() => Answer.AskAsync(this, api, client => client.GetAsync("/generations")),
                answer => answer.IsOk, answer => $"Generations are not listed: {answer}");
        }
    }

    /// <summary>SIGKILL for one API, whose clients may notice until it is back.</summary>
    public Task KillApiAsync(int api)
    {
        ApiOutages[api].Begin();
        _lastWords.Add(($"api-{api}, before it was killed", Apis[api].Log));
        return Apis[api].KillAsync();
    }

    public async Task RestartApiAsync(int api)
    {
        await Apis[api].RestartAsync();
        ApiOutages[api].End();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _everySilo)
        {
            await silo.KillAsync();
            silo.Dispose();
        }

        foreach (var api in Apis)
        {
            await api.DisposeAsync();
        }

        await Redis.DisposeAsync();
        await Hub.DisposeAsync();
        _media.Dispose();
    }

    private (string, string)[] Shared =>
    [
        ("ConnectionStrings__redis", Redis.ConnectionString),
        ("VideoGen__DataDirectory", _media.Path),
        ("Logging__Console__FormatterOptions__TimestampFormat", "HH:mm:ss.fff "),
    ];

    private async Task StartAsync()
    {
        await Redis.StartAsync();
        var apis = Enumerable.Range(0, ApiCount).Select(_ => ApiProcess.StartAsync(Shared)).ToList();
        var silos = Enumerable.Range(0, SiloCount).Select(_ => StartSiloAsync()).ToList();
        var all = Task.WhenAll([.. silos, .. apis]);
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Apis.AddRange(apis.Where(api => api.IsCompletedSuccessfully).Select(api => api.Result));
        await all;
    }

    /// <summary>Traces of exceptions are long, and one of them would be the whole tail.</summary>
    private static IEnumerable<string> Tail(string log) => log.Split('\n').TakeLast(TailLines)
        .Select(line => line.Length > LineLength ? line[..LineLength] : line);

    private string Tails()
    {
        var text = new StringBuilder();
        var logs = _lastWords
            .Concat(_everySilo.Select(silo => (silo.Name, silo.Log)))
            .Concat(Apis.Select((api, number) => ($"api-{number}", api.Log)));
        text.AppendLine("--- answered with an error").AppendJoin('\n', Defects()).AppendLine();
        foreach (var (name, log) in logs)
        {
            text.AppendLine($"--- {name}").AppendJoin('\n', Tail(log)).AppendLine();
        }

        return text.ToString();
    }

    /// <summary>What an API answers with 500 is a defect, and its log has the cause.</summary>
    private IEnumerable<string> Defects() => _lastWords.Select(words => words.Log).Concat(Apis.Select(api => api.Log))
        .SelectMany(log => log.Split('\n')).Where(line => line.Contains("fail: VideoGen.Api.Pipeline", StringComparison.Ordinal))
        .Select(line => line.Length > DefectLength ? line[..DefectLength] : line);
}
