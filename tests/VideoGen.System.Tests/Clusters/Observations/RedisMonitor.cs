using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Clusters.Observations;

/// <summary>
/// Listens to every command that Redis executes and keeps those that change the state of a grain or a reminder, with the name of
/// the client that sent them. A write that was refused for its ETag changes nothing and does not appear.
/// </summary>
internal sealed partial class RedisMonitor : IAsyncDisposable
{
    private static readonly string[] Changing = ["HSET", "HMSET", "HDEL", "DEL", "ZADD", "ZREM", "ZREMRANGEBYLEX"];

    private readonly TcpClient _connection = new();
    private readonly ConcurrentQueue<Change> _changes = [];
    private readonly Dictionary<string, string> _names = [];
    private Task _listening = Task.CompletedTask;

    private RedisMonitor()
    {
    }

    public static async Task<RedisMonitor> StartAsync(RedisServer redis)
    {
        var monitor = new RedisMonitor();
        await monitor._connection.ConnectAsync("127.0.0.1", redis.Port);
        await monitor._connection.GetStream().WriteAsync("MONITOR\r\n"u8.ToArray());

        // id=7 addr=127.0.0.1:40232 laddr=127.0.0.1:6379 fd=9 name=silo-1 age=13 ...
        foreach (Match client in ClientLine().Matches(await redis.AskAsync("client", "list")))
        {
            monitor._names[client.Groups["address"].Value] = client.Groups["name"].Value;
        }

        monitor._listening = monitor.ListenAsync();
        return monitor;
    }

    /// <summary>Stops listening and returns what was changed by whom.</summary>
    public async Task<IReadOnlyCollection<Change>> EndAsync()
    {
        _connection.Close();
        await _listening;
        return _changes;
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ListenAsync()
    {
        using var lines = new StreamReader(_connection.GetStream());
        var sender = "";
        try
        {
            while (await lines.ReadLineAsync() is { } line)
            {
                // +1764009600.123456 [0 127.0.0.1:40232] "EVALSHA" "6b1b…" "1" "videogen/state/…", and for what a script does,
                // below the line of the script: +1764009600.123461 [0 lua] "HMSET" "videogen/state/…" …
                if (CommandLine().Match(line) is { Success: true } match)
                {
                    var from = match.Groups["from"].Value;
                    sender = from == "lua" ? sender : from;
                    Note(sender, match.Groups["command"].Value.ToUpperInvariant(), match.Groups["arguments"].Value);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // The end that was asked for; a Redis that is gone is noticed by everybody else.
        }
    }

    private void Note(string sender, string command, string arguments)
    {
        if (command == "CLIENT" && SetName().Match(arguments) is { Success: true } named)
        {
            _names[sender] = named.Groups["name"].Value;
        }

        if (Changing.Contains(command) && (arguments.Contains("/state/", StringComparison.Ordinal)
            || arguments.Contains("/reminders", StringComparison.Ordinal)))
        {
            _changes.Enqueue(new(_names.GetValueOrDefault(sender, sender), command, Key().Match(arguments).Value));
        }
    }

    [GeneratedRegex(@"\baddr=(?<address>\S+) .*\bname=(?<name>\S*)")]
    private static partial Regex ClientLine();

    [GeneratedRegex("""^\+[\d.]+ \[\d+ (?<from>[^\]]+)\] "(?<command>[^"]*)"(?<arguments>.*)$""")]
    private static partial Regex CommandLine();

    [GeneratedRegex("""[^" ]*/(state|reminders)[^"]*""")]
    private static partial Regex Key();

    [GeneratedRegex("""^ "(?i:setname)" "(?<name>[^"]*)"$""")]
    private static partial Regex SetName();
}

/// <summary>A command that changed something, what it changed, and who sent it.</summary>
internal sealed record Change(string Client, string Command, string Key);
