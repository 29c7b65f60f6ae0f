using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace VideoGen.FakeHub.Tests;

/// <summary>A stand-in for one test class with a clock that stands still, and a client with a good token.</summary>
public sealed class TestHub : IAsyncLifetime
{
    public FakeHubServer Server { get; private set; } = null!;

    public FakeTimeProvider Clock { get; } = new();

    public HttpClient Http { get; private set; } = new();

    public async ValueTask InitializeAsync() => Server = await FakeHubServer.StartAsync(time: Clock);

    public void Reset()
    {
        Server.Reset();
        Http.Dispose();
        Http = new() { BaseAddress = Server.Address };
        Http.DefaultRequestHeaders.Authorization = new("Bearer", "hf_test");
    }

    public Task<HttpResponseMessage> SubmitAsync(Wire wire, string prompt) => SendAsync(wire.Submit, wire.Body(prompt));

    public async Task<string> AcceptAsync(Wire wire, string prompt)
    {
        using var answer = await SubmitAsync(wire, prompt);
        return wire.IdIn(await ReadAsync(answer.EnsureSuccessStatusCode()));
    }

    public Task<HttpResponseMessage> PollAsync(Wire wire, string id) => Http.GetAsync(wire.Status(id));

    public async Task<string> WordAsync(Wire wire, string id)
    {
        using var answer = await PollAsync(wire, id);
        return wire.WordIn(await ReadAsync(answer));
    }

    /// <summary>Submits, lets the render end, and returns the address of the film.</summary>
    public async Task<string> RenderAsync(Wire wire, string prompt)
    {
        var id = await AcceptAsync(wire, prompt);
        Server.Jobs.Finish(id);
        using var answer = await Http.GetAsync(wire.Result(id));
        return wire.FilmIn(await ReadAsync(answer));
    }

    /// <summary>Posts JSON with the bare content type that official clients send, and that the toolkit insists on.</summary>
    public Task<HttpResponseMessage> SendAsync(string path, JsonNode body)
    {
        var content = JsonContent.Create(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return Http.PostAsync(path, content);
    }

    public static async Task<JsonNode> ReadAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }
}

/// <summary>Gives every test a stand-in that remembers nothing.</summary>
public abstract class HubTest : IClassFixture<TestHub>
{
    protected HubTest(TestHub hub)
    {
        Hub = hub;
        Hub.Reset();
    }

    protected TestHub Hub { get; }
}
