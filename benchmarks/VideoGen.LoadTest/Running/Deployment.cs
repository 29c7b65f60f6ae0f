using System.Globalization;
using VideoGen.FakeHub;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Running;

/// <summary>
/// The service as processes on the loopback interface: one standalone API, or a Redis with silos and APIs. Films are ordered from
/// the stand-in for Hugging Face in this process, so that no codec takes part.
/// </summary>
internal sealed class Deployment : IAsyncDisposable
{
    private readonly List<SiloProcess> _silos = [];
    private readonly List<ApiProcess> _apis = [];
    private readonly List<string> _lastWords = [];
    private (string, string)[] _settings = [];
    private int _redisId;

    public required FakeHubServer Hub { get; init; }

    /// <summary>Where films and uploads lie, when there are silos; a standalone server has a directory of its own.</summary>
    public MediaFolder Media { get; } = new();

    /// <summary>Null when the store is embedded in the API.</summary>
    public RedisServer? Redis { get; private set; }

    public IReadOnlyList<SiloProcess> Silos => _silos;

    public IReadOnlyList<ApiProcess> Apis => _apis;

    public IReadOnlyList<Uri> Targets => [.. _apis.Select(api => api.Client.BaseAddress!)];

    public HttpClient Client => _apis[0].Client;

    public Dictionary<string, int> Processes
    {
        get
        {
            Dictionary<string, int> all = [];
            _apis.Index().ToList().ForEach(api => all["api" + Suffix(api.Index, _apis.Count)] = api.Item.Id);
            _silos.Index().ToList().ForEach(silo => all["silo" + Suffix(silo.Index, _silos.Count)] = silo.Item.Id);
            if (Redis is not null)
            {
                all["redis"] = _redisId;
            }

            return all;
        }
    }

    /// <summary>
    /// Starts everything; no silos means standalone. <paramref name="prepare"/> may write to the Redis before anybody else does.
    /// </summary>
    public static async Task<Deployment> StartAsync(
        int silos, int apis = 1, HubSettings? paces = null, Func<RedisServer, Task>? prepare = null,
        string appendFsync = "everysec", params (string, string)[] settings)
    {
        var hub = await FakeHubServer.StartAsync(new FakeHubOptions { Settings = paces ?? new() { RenderSeconds = 360_000 } });
        var deployment = new Deployment { Hub = hub };
        try
        {
            deployment._settings = [.. Shared(hub), .. settings];
            await deployment.StartAsync(silos, apis, prepare, appendFsync);
            return deployment;
        }
        catch
        {
            await deployment.DisposeAsync();
            throw;
        }
    }

    public async Task StartSiloAsync() => _silos.Add(await SiloProcess.StartAsync(_settings));

    public async Task KillSiloAsync(int number)
    {
        using var silo = TakeSilo(number);
        await silo.KillAsync();
        _lastWords.Add(silo.Log);
    }

    /// <summary>SIGKILL, of the only API.</summary>
    public Task KillApiAsync() => _apis.Single().KillAsync();

    /// <summary>Starts it again on the same port and data, and waits until it is ready.</summary>
    public Task RestartApiAsync() => _apis.Single().RestartAsync();

    /// <summary>SIGTERM; returns the exit code.</summary>
    public async Task<int> StopSiloAsync(int number)
    {
        using var silo = TakeSilo(number);
        var exitCode = await silo.StopAsync();
        _lastWords.Add(silo.Log);
        return exitCode;
    }

    /// <summary>What all silos wrote about something, in order of time; of very much, the end.</summary>
    public IEnumerable<string> LinesAbout(string text) => _silos.Select(silo => silo.Log).Concat(_lastWords)
        .SelectMany(log => log.Split('\n')).Where(line => line.Contains(text, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        while (_silos.Count > 0)
        {
            await KillSiloAsync(0);
        }

        foreach (var api in _apis)
        {
            await api.DisposeAsync();
        }

        await (Redis?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Hub.DisposeAsync();
        Media.Dispose();
    }

    private SiloProcess TakeSilo(int number)
    {
        var silo = _silos[number];
        _silos.RemoveAt(number);
        return silo;
    }

    private async Task StartAsync(int silos, int apis, Func<RedisServer, Task>? prepare, string appendFsync)
    {
        if (silos > 0)
        {
            Redis = new RedisServer(appendFsync);
            await Redis.StartAsync();
            await (prepare?.Invoke(Redis) ?? Task.CompletedTask);
            var info = await Redis.AskAsync("info", "server");
            _redisId = int.Parse(
                info.Split('\n').First(line => line.StartsWith("process_id:", StringComparison.Ordinal))["process_id:".Length..],
                CultureInfo.InvariantCulture);
            _settings = [.. _settings, ("ConnectionStrings__redis", Redis.ConnectionString),
                ("VideoGen__DataDirectory", Media.Path)];
        }

        for (var silo = 0; silo < silos; silo++)
        {
            await StartSiloAsync();
        }

        for (var api = 0; api < apis; api++)
        {
            _apis.Add(await ApiProcess.StartAsync(_settings));
        }
    }

    private static (string, string)[] Shared(FakeHubServer hub) =>
    [
        ("HF_TOKEN", "hf_load"),
        ("VideoGen__HuggingFace__HubUrl", hub.Address.AbsoluteUri),
        ("VideoGen__HuggingFace__RouterUrl", hub.RouterUrl.AbsoluteUri),
        ("VideoGen__HuggingFace__AllowLoopback", "true"),
        ("VideoGen__HuggingFace__Provider", "fal-ai"),
        ("VideoGen__Inference__MaxConcurrent", "1"),
        ("VideoGen__Inference__MaxUnfinished", "1000000"),
    ];

    private static string Suffix(int number, int count) => count == 1 ? "" : $" {number + 1}";
}
