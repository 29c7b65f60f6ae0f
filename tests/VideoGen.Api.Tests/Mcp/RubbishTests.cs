using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;

namespace VideoGen.Api.Tests.Mcp;

/// <summary>Messages that no client would send: each gets an answer below 500, and none is logged as an error.</summary>
public sealed class RubbishTests(ITestOutputHelper output)
{
    private const int Count = 400;

    private static readonly string[] Messages =
    [
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"generate_video\",\"arguments\":{\"picture\":"
        + "\"/uploads/character_1.jpg\",\"prompt\":\"A calm sea\",\"seconds\":3,\"idempotency_key\":\"mine\"}}}",
        "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"tools/call\",\"params\":{\"name\":\"wait_for_video\",\"arguments\":"
        + "{\"id\":\"01994fd6-b0f3-7c5a-a8b2-c1d4e5f60718\",\"timeout_seconds\":1},\"_meta\":{\"progressToken\":7}}}",
        "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"resources/read\",\"params\":{\"uri\":\"videogen://videos/1\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\","
        + "\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}",
    ];

    private static readonly string[] Values =
        ["null", "[]", "{}", "-1", "1e999", "true", "\"\"", "\"\\ud800\"", "\"../..\"", "\"initialize\"", "[[[[]]]]"];

    [Fact]
    public async Task Nothing_breaks_the_server()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        await using var api = await ApiHost.StartAsync(("VideoGen:Limits:AddressSubmitsPerMinute", "100000"));
        for (var number = 0; number < Count; number++)
        {
            var message = Spoil(Messages[random.Next(Messages.Length)], random);
            using var request = Message(message);
            if (random.Next(3) == 0)
            {
                request.Headers.TryAddWithoutValidation(
                    "MCP-Protocol-Version", random.Next(2) == 0 ? "2026-07-28" : "1999-01-01");
            }

            using var response = await api.Client.SendAsync(request);
            await response.Content.ReadAsStringAsync();

            Assert.True(response.StatusCode < HttpStatusCode.InternalServerError, $"{response.StatusCode}: {message}");
        }

        Assert.DoesNotContain(api.Log.Lines, line => line.Level >= LogLevel.Error);
    }

    [Theory]
    [InlineData("\"\\ud800\"", "{}", "\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}")]
    [InlineData("\"2025-06-18\"", "{}", "\"clientInfo\":{\"name\":\"\\ud800\",\"version\":\"1\"}")]
    [InlineData("\"2025-06-18\"", "[]", "\"clientInfo\":{\"name\":\"test\",\"version\":[]}")]
    [InlineData("\"2025-06-18\"", "{}", "\"clientInfo\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}")]
    public async Task An_unreadable_beginning_is_a_400(string version, string capabilities, string client)
    {
        await using var api = await ApiHost.StartAsync();
        using var request = Message("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"initialize\",\"params\":"
            + $"{{\"protocolVersion\":{version},\"capabilities\":{capabilities},{client}}}}}");
        using var response = await api.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain(api.Log.Lines, line => line.Level >= LogLevel.Error);
    }

    [Theory]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{}}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":null}}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/read\"}")]
    public async Task A_call_without_parameters_is_an_error_of_the_protocol(string message)
    {
        await using var api = await ApiHost.StartAsync();
        using var request = Message(message);
        using var response = await api.Client.SendAsync(request);

        var text = await response.Content.ReadAsStringAsync();
        Assert.Contains("\"error\":{\"code\":-32", text, StringComparison.Ordinal);
        Assert.DoesNotContain(api.Log.Lines, line => line.Level >= LogLevel.Error);
    }

    private static HttpRequestMessage Message(string body) => new(HttpMethod.Post, "/mcp")
    {
        Content = new StringContent(body, Encoding.UTF8, "application/json"),
        Headers = { { "Accept", "application/json, text/event-stream" } },
    };

    /// <summary>Exchanges a value, doubles or drops a piece, or changes a character.</summary>
    private static string Spoil(string message, Random random)
    {
        var at = random.Next(message.Length);
        var end = Math.Min(message.Length, at + random.Next(1, 20));
        return random.Next(4) switch
        {
            0 => message[..at] + message[end..],
            1 => message[..end] + message[at..],
            2 => message[..at] + (char)random.Next(1, 0x2100) + message[(at + 1)..],
            _ => Exchange(message, random),
        };
    }

    private static string Exchange(string message, Random random)
    {
        int[] colons = [.. message.Select((character, index) => (character, index)).Where(one => one.character == ':')
            .Select(one => one.index)];
        var colon = colons[random.Next(colons.Length)];
        var end = message.IndexOfAny([',', '}'], colon);
        return message[..(colon + 1)] + Values[random.Next(Values.Length)] + message[end..];
    }
}
