using CliWrap;
using CliWrap.Buffered;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Running;

/// <summary>A Redis Cluster of masters without replicas on the loopback interface, with the slots spread evenly.</summary>
internal sealed class RedisCluster : IAsyncDisposable
{
    private readonly List<RedisServer> _nodes = [];

    public IReadOnlyList<RedisServer> Nodes => _nodes;

    public string ConnectionString => string.Join(',', _nodes.Select(node => node.ConnectionString));

    public async Task StartAsync(int nodes)
    {
        for (var node = 0; node < nodes; node++)
        {
            var port = FreePorts.Take();    // the usual one, 10,000 above the other, may be taken or too high
            _nodes.Add(new RedisServer(
                settings: ["--cluster-enabled", "yes", "--cluster-port", $"{port}", "--cluster-config-file", "nodes.conf"]));
            await _nodes[^1].StartAsync();
        }

        await Cli.Wrap("redis-cli")
            .WithArguments(["--cluster", "create", .. _nodes.Select(node => node.ConnectionString), "--cluster-yes"])
            .ExecuteBufferedAsync();
        await Eventually.GetAsync(
            async () => await Task.WhenAll(_nodes.Select(node => node.AskAsync("cluster", "info"))),
            answers => answers.All(answer => answer.Contains("cluster_state:ok", StringComparison.Ordinal)),
            answers => $"The cluster does not come up: {answers[0]}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }
}
