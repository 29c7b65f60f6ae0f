using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace VideoGen.Api.Tests.Mcp;

/// <summary>An agent with the official client of the Model Context Protocol for .NET, and an API before it.</summary>
internal sealed class Agent : IAsyncDisposable
{
    public const string Id = "01994fd6-b0f3-7c5a-a8b2-c1d4e5f60718";

    private Agent(McpClient client) => Client = client;

    public McpClient Client { get; }

    /// <summary>Connects; an older <paramref name="version"/> of the protocol has sessions.</summary>
    public static async Task<Agent> ConnectAsync(ApiHost api, string? key = null, string? version = null) =>
        new(await McpClient.CreateAsync(Transport(api, key), new McpClientOptions { ProtocolVersion = version }));

    public static HttpClientTransport Transport(ApiHost api, string? key = null) => new(new HttpClientTransportOptions
    {
        Endpoint = new Uri(api.Client.BaseAddress!, "/mcp"),
        TransportMode = HttpTransportMode.StreamableHttp,
        AdditionalHeaders = key is null ? [] : new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" },
    });

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

    public async Task<CallToolResult> AskAsync(string tool, params (string Name, object? Value)[] arguments) =>
        await Client.CallToolAsync(tool, arguments.ToDictionary(argument => argument.Name, argument => argument.Value));

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
