using System.Net.Sockets;
using StackExchange.Redis;

namespace VideoGen.Api.Tests.EmbeddedStore;

public sealed class ScriptTests
{
    private const string CompareAndSet =
        """
        if redis.call('HGET', KEYS[1], 'etag') == ARGV[1] then
          redis.call('HMSET', KEYS[1], 'etag', ARGV[2], 'data', ARGV[2])
          return 1
        end
        return 0
        """;

    [Fact]
    public async Task A_script_sees_no_other_between_its_commands_also_on_other_connections()
    {
        using var folder = new StoreFolder();
        await using var store = await folder.OpenAsync();
        var connections = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ConnectAsync(folder.Path)));
        var first = connections[0].GetDatabase();

        for (var round = 0; round < 300; round++)
        {
            await first.HashSetAsync("race", "etag", $"before-{round}");
            var won = await Task.WhenAll(connections.Select((connection, writer) => Task.Run(async () =>
                (int)await connection.GetDatabase().ScriptEvaluateAsync(CompareAndSet, ["race"], [$"before-{round}", $"{writer}"]))));
            Assert.Equal(1, won.Sum());
        }

        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }

    private static Task<ConnectionMultiplexer> ConnectAsync(string dataDirectory) =>
        ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
        {
            EndPoints = { new UnixDomainSocketEndPoint(Path.Combine(dataDirectory, "store", "store.sock")) },
        });
}
