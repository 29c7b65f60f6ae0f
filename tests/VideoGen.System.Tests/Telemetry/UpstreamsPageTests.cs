using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Telemetry;

/// <summary>The operator's page of upstreams and models: for who has the token of the dashboard.</summary>
public sealed class UpstreamsPageTests : IAsyncLifetime
{
    private const string Token = "correct-horse-battery";
    private static readonly string[] Secrets = ["s3cret-bearer", "s3cret-header", "s3cret-partner", "s3cret-path", "hf_s3cret"];
    private static readonly string[] Paths = ["/operator", "/operator/page.js", "/operator/page.css", "/operator/upstreams"];

    private readonly string _stopped = $"127.0.0.1:{FreePorts.Take()}";
    private ApiProcess _api = null!;

    public async ValueTask InitializeAsync() => _api = await ApiProcess.StartAsync(
        ("VideoGen__Dashboard__Token", Token), ("HF_TOKEN", Secrets[4]),
        ("VideoGen__Upstreams__gone__Kind", "endpoint"), ("VideoGen__Upstreams__gone__Url", $"http://{_stopped}/{Secrets[3]}"),
        ("VideoGen__Upstreams__gone__Token", Secrets[0]), ("VideoGen__Upstreams__gone__MaxConcurrent", "3"),
        ("VideoGen__Upstreams__gpu__Kind", "comfyui"), ("VideoGen__Upstreams__gpu__Url", $"http://{_stopped}"),
        ("VideoGen__Upstreams__gpu__Headers__Forwarded", Secrets[1]), ("VideoGen__Upstreams__gpu__PartnerKey", Secrets[2]),
        ("VideoGen__Upstreams__gpu__Drain", "true"),
        ("VideoGen__Models__svd__Upstream", "gone"), ("VideoGen__Models__svd__Title", "Moves a picture"),
        ("VideoGen__Models__wan__Upstream", "gpu"), ("VideoGen__Models__wan__Workflow", "wan2.2-ti2v-5b"),
        ("VideoGen__DefaultModel", "svd"));

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task It_opens_with_the_token_only_and_runs_nothing_but_its_own_files()
    {
        foreach (var path in Paths)
        {
            using var without = await _api.Client.GetAsync(path);
            using var wrong = await AskAsync(path, Token + "x");
            Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
            Assert.Equal("Basic", Assert.Single(without.Headers.WwwAuthenticate).Scheme);
            Assert.Equal((HttpStatusCode.Unauthorized, ""), (wrong.StatusCode, await wrong.Content.ReadAsStringAsync()));

            using var right = await AskAsync(path, Token);
            Assert.Equal(HttpStatusCode.OK, right.StatusCode);
            Assert.True(right.Headers.CacheControl!.NoStore);
            var policy = Assert.Single(right.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task It_says_who_waits_where_and_why_and_no_secret()
    {
        await _api.Client.OrderAsync(await _api.Client.UploadAsync(), "She waits.", "svd");

        var status = await Eventually.GetAsync(
            ReadAsync, seen => Find(seen, "upstreams", "name", "gone").GetProperty("pauses").GetArrayLength() == 1,
            seen => $"It is not paused: {seen}");

        var gone = Find(status, "upstreams", "name", "gone");
        Assert.Equal(("endpoint", _stopped), (gone.Text("kind"), gone.Text("address")));
        Assert.Equal((0, 3, 1), (Number(gone, "renders"), Number(gone, "limit"), Number(gone, "waiting")));
        var pause = gone.GetProperty("pauses")[0];
        Assert.Equal("provider_unavailable", pause.Text("reason"));
        Assert.NotEqual("", pause.Text("message"));
        Assert.True(pause.GetProperty("since").GetDateTimeOffset() > DateTimeOffset.UnixEpoch);
        var gpu = Find(status, "upstreams", "name", "gpu");
        Assert.True(gpu.GetProperty("drained").GetBoolean());
        Assert.NotEqual("", gpu.Text("problem"));    // it is stopped too

        var wan = Find(status, "models", "id", "wan");
        Assert.StartsWith("Takes a picture, a script", wan.Text("takes"), StringComparison.Ordinal);
        Assert.Equal(("gpu", gpu.Text("problem")), (At(wan).Text("name"), At(wan).Text("problem")));
        var svd = Find(status, "models", "id", "svd");
        Assert.Equal(("Moves a picture", true), (svd.Text("title"), svd.GetProperty("default").GetBoolean()));
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, status.GetRawText(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_token_in_the_settings_there_is_none()
    {
        await using var api = await ApiProcess.StartAsync(("VideoGen__Dashboard__Token", ""));

        foreach (var path in Paths)
        {
            using var answer = await api.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private async Task<JsonElement> ReadAsync()
    {
        using var answer = await AskAsync("/operator/upstreams", Token);
        return await answer.JsonAsync();
    }

    private async Task<HttpResponseMessage> AskAsync(string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await _api.Client.SendAsync(request);
    }

    private static JsonElement Find(JsonElement status, string list, string key, string value) =>
        status.GetProperty(list).EnumerateArray().Single(item => item.Text(key) == value);

    private static JsonElement At(JsonElement model) => Assert.Single(model.GetProperty("upstreams").EnumerateArray());

    private static int Number(JsonElement item, string name) => item.GetProperty(name).GetInt32();
}
