using System.Net.Sockets;
using StackExchange.Redis;

namespace VideoGen.Api.Tests.EmbeddedStore;

[Trait("Starts", "processes")]
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
        var connections = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ConnectAsync(folder.Path)));
        var first = connections[0].GetDatabase();
        var decided = 0;

        for (var round = 0; round < 200; round++)
        {
            await first.HashSetAsync("race", "etag", $"before-{round}");
            var won = await Task.WhenAll(connections.Select((connection, writer) => Task.Run(
                () => TryWriteAsync(connection.GetDatabase(), $"before-{round}", $"{writer}"))));
            decided += won.Contains(null) ? 0 : 1;
            Assert.InRange(won.Sum() ?? 0, won.Contains(null) ? 0 : 1, 1);
        }

        Assert.NotEqual(0, decided);
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }

    /// <summary>
    /// 1 when it won, 0 when it lost; null when the processors were so busy that the limit of scripts, or the client's patience,
    /// ran out: scripts that wait for one another spin.
    /// </summary>
    private static async Task<int?> TryWriteAsync(IDatabase database, string expected, string next)
    {
        try
        {
            return (int)await database.ScriptEvaluateAsync(CompareAndSet, ["race"], [expected, next]);
        }
        catch (RedisServerException error) when (error.Message.Contains("exceeded configured timeout", StringComparison.Ordinal))
        {
            return null;
        }
        catch (RedisTimeoutException)
        {
            return null;
        }
    }

    private static Task<ConnectionMultiplexer> ConnectAsync(string dataDirectory) =>
        ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
        {
            EndPoints = { new UnixDomainSocketEndPoint(Path.Combine(dataDirectory, "store", "store.sock")) },
        });
}
