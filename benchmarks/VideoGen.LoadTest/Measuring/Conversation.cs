using System.Net.Sockets;
using System.Text.RegularExpressions;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Measuring;

/// <summary>Writes down which commands a Redis is sent, and what they are about.</summary>
internal sealed partial class Conversation : IAsyncDisposable
{
    private readonly TcpClient _connection = new();
    private readonly List<(string Command, string Key)> _commands = [];
    private Task _listening = Task.CompletedTask;

    private Conversation()
    {
    }

    public static async Task<Conversation> ListenAsync(RedisServer redis)
    {
        var conversation = new Conversation();
        await conversation._connection.ConnectAsync("127.0.0.1", redis.Port);
        await conversation._connection.GetStream().WriteAsync("MONITOR\r\n"u8.ToArray());
        conversation._listening = conversation.ReadAsync();
        return conversation;
    }

    /// <summary>Stops listening and returns the commands, those that scripts ran not counted.</summary>
    public async Task<IReadOnlyList<(string Command, string Key)>> EndAsync()
    {
        _connection.Close();
        await _listening;
        return _commands;
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _listening;
    }

    private async Task ReadAsync()
    {
        using var lines = new StreamReader(_connection.GetStream());
        try
        {
            while (await lines.ReadLineAsync() is { } line)
            {
                // +1764009600.123456 [0 127.0.0.1:40232] "EVALSHA" "6b1b…" "1" "videogen/state/…"
                if (Line().Match(line) is { Success: true } match && match.Groups["from"].Value != "lua")
                {
                    _commands.Add((match.Groups["command"].Value.ToUpperInvariant(), Subject().Match(line).Value));
                }
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // The end that was asked for.
        }
    }

    [GeneratedRegex("""^\+[\d.]+ \[\d+ (?<from>[^\]]+)\] "(?<command>[^"]*)"(?<arguments>.*)$""")]
    private static partial Regex Line();

    /// <summary>The kind of grain, or the table.</summary>
    [GeneratedRegex("""videogen/state/[^"/]+(?=/)|videogen/(reminders|members)[^"/]*""")]
    private static partial Regex Subject();
}
