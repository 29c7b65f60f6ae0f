using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Xunit;

namespace VideoGen.Testing;

/// <summary>An agent with the official client of the Model Context Protocol for .NET.</summary>
public sealed class Agent : IAsyncDisposable
{
    /// <summary>An id that no video has.</summary>
    public const string Id = "01994fd6-b0f3-7c5a-a8b2-c1d4e5f60718";

    private Agent(McpClient client) => Client = client;

    /// <summary>For what is not a call of a tool.</summary>
    public McpClient Client { get; }

    /// <summary>
    /// Connects to the server of this client, with its authorization or another <paramref name="key"/>; an older <paramref
    /// name="version"/> of the protocol has sessions.
    /// </summary>
    public static async Task<Agent> ConnectAsync(HttpClient server, string? key = null, string? version = null)
    {
        var authorization = key is null ? server.DefaultRequestHeaders.Authorization?.ToString() : $"Bearer {key}";
        var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(server.BaseAddress!, "/mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = authorization is null ? [] : new Dictionary<string, string> { ["Authorization"] = authorization },
        });
        return new(await McpClient.CreateAsync(transport, new McpClientOptions { ProtocolVersion = version }));
    }

    /// <summary>Calls a tool and returns what it says to programs.</summary>
    public async Task<JsonElement> CallAsync(string tool, params (string Name, object? Value)[] arguments)
    {
        var result = await AskAsync(tool, arguments);
        Assert.True(result.IsError is not true, result.Content.OfType<TextContentBlock>().FirstOrDefault()?.Text);
        return Document(result);
    }

    /// <summary>Calls a tool and returns the error that it answers with.</summary>
    public async Task<JsonElement> FailAsync(string tool, params (string Name, object? Value)[] arguments)
    {
        var result = await AskAsync(tool, arguments);
        Assert.True(result.IsError);
        return Document(result).GetProperty("error");
    }

    /// <summary>Calls a tool and returns whatever it answers.</summary>
    public async Task<CallToolResult> AskAsync(string tool, params (string Name, object? Value)[] arguments) =>
        await Client.CallToolAsync(tool, arguments.ToDictionary(argument => argument.Name, argument => argument.Value));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Client.DisposeAsync();

    /// <summary>Programs and models are told the same.</summary>
    private static JsonElement Document(CallToolResult result)
    {
        var document = result.StructuredContent!.Value;
        var text = Assert.IsType<TextContentBlock>(result.Content[0]).Text;
        Assert.True(JsonElement.DeepEquals(document, JsonDocument.Parse(text).RootElement));
        return document;
    }
}
