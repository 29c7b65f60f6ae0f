using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using VideoGen.Api.Authentication;
using VideoGen.Api.Tests.Fakes;
using VideoGen.ServiceDefaults;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Authentication;

public sealed class ApiKeyMiddlewareTests : IDisposable
{
    private readonly KeyBox _box = new();

    [Theory]
    [InlineData("Authorization: Bearer KEY", true)]
    [InlineData("Authorization: bearer KEY", true)]
    [InlineData("X-API-Key: KEY", true)]
    [InlineData("Authorization: Bearer KEY|X-API-Key: KEY", true)]
    [InlineData("Authorization: Basic dXNlcjpwYXNz|X-API-Key: KEY", true)]
    [InlineData("", false)]
    [InlineData("Authorization: KEY", false)]
    [InlineData("Authorization: Basic KEY", false)]
    [InlineData("Authorization: Bearer", false)]
    [InlineData("Authorization: Bearer KEY|X-API-Key: vg_000000000000_q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k", false)]
    [InlineData("X-API-Key: KEY|X-API-Key: other", false)]
    [InlineData("X-API-Key: KEY, KEY", false)]
    [InlineData("X-API-Key: vg_000000000000_q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k", false)]
    [InlineData("Cookie: key=KEY", false)]
    public async Task A_request_is_let_in_with_one_key_that_is_known(string headers, bool isLetIn)
    {
        var key = _box.Add("alice");
        await using var api = await ApiHost.StartAsync(_box.Setting);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/generations");
        foreach (var header in headers.Replace("KEY", key).Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            request.Headers.TryAddWithoutValidation(header.Split(':')[0], header.Split(':')[1].Trim());
        }

        using var answer = await api.Client.SendAsync(request);

        if (isLetIn)
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return;
        }

        var problem = await answer.ProblemAsync(HttpStatusCode.Unauthorized, "key_needed");
        Assert.DoesNotContain(key, problem.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/api/health")]
    [InlineData("/alive")]
    [InlineData("/ready")]
    [InlineData("/docs")]
    [InlineData("/openapi.json")]
    public async Task Probes_and_documentation_are_open_to_everybody(string path)
    {
        _box.Add("alice");
        await using var api = await ApiHost.StartAsync(_box.Setting);

        using var answer = await api.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_browser_on_another_origin_may_ask_what_it_may_send()
    {
        _box.Add("alice");
        await using var api = await ApiHost.StartAsync(_box.Setting);
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/generate-video");
        preflight.Headers.Add("Origin", "https://elsewhere.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization,x-api-key");

        using var answer = await api.Client.SendAsync(preflight);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task Without_keys_a_key_says_nothing()
    {
        await using var api = await ApiHost.StartAsync();
        using var client = api.ClientWith("vg_000000000000_q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k");

        using var answer = await client.GenerateAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("public", Assert.Single(api.Cluster.Requests).Owner);
        Assert.DoesNotContain("?", (await answer.JsonAsync()).Text("characterImageUrl"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_made_is_the_owners_of_the_key()
    {
        var key = _box.Add("alice-laptop", "alice");
        await using var api = await ApiHost.StartAsync(_box.Setting);
        using var client = api.ClientWith(key);

        using var answer = await client.GenerateAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("alice", Assert.Single(api.Cluster.Requests).Owner);
    }

    [Fact]
    public async Task Keys_are_taken_in_and_revoked_while_the_server_runs_and_open_streams_end()
    {
        var alice = _box.Add("alice");
        await using var api = await ApiHost.StartAsync(_box.Setting);
        using var first = api.ClientWith(alice);
        using var second = api.ClientWith(_box.Add("bob"));
        api.Keys.Reload();
        using var aliceWatches = await EventReader.OpenAsync(first, "/events");
        using var bobWatches = await EventReader.OpenAsync(second, "/events");
        await aliceWatches.NextEventAsync();
        await bobWatches.NextEventAsync();

        _box.Revoke("alice");
        api.Keys.Reload();

        Assert.Null(await aliceWatches.NextEventAsync());
        using var refused = await first.GetAsync("/generations");
        await refused.ProblemAsync(HttpStatusCode.Unauthorized, "key_needed");
        using var served = await second.GetAsync("/generations");
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        api.Hub.Missed();
        Assert.Equal("ready", (await bobWatches.NextEventAsync())!.Name);
    }

    [Fact]
    public void What_is_open_ends_when_its_key_expires()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
        var key = _box.Add("alice", expiresAt: time.GetUtcNow().AddDays(1));
        using var services = _box.Services(time);
        var keys = services.GetRequiredService<CurrentKeys>();
        var caller = keys.Identify(key)!;

        time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromTicks(1));
        keys.Reload();
        Assert.False(caller.Ended.IsCancellationRequested);

        time.Advance(TimeSpan.FromTicks(1));
        keys.Reload();
        Assert.True(caller.Ended.IsCancellationRequested);
        Assert.Null(keys.Identify(key));
    }

    [Fact]
    public async Task A_server_that_serves_everybody_closes_with_the_first_key_by_itself_and_open_streams_end()
    {
        await using var api = await ApiHost.StartAsync();
        Assert.Null(api.Keys.Ring);
        var pending = Snapshots.Pending(Orders.NewId());
        api.Cluster.Put(pending);
        using var all = await EventReader.OpenAsync(api.Client, "/events");
        using var one = await EventReader.OpenAsync(api.Client, $"/generation/{pending.Id}/events");
        await all.NextEventAsync();
        await one.NextEventAsync();
        var (key, _) = ApiKey.Make("alice", "alice", null, DateTimeOffset.UtcNow);

        new KeyFile(api.Keys.Path).Change(ring => ring.With(key));

        await Eventually.TrueAsync(() => api.Keys.Ring is not null, "The key was not taken in.");
        Assert.Null(await all.NextEventAsync().WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Null(await one.NextEventAsync().WaitAsync(TimeSpan.FromSeconds(60)));
        using var answer = await api.Client.GetAsync("/generations");
        await answer.ProblemAsync(HttpStatusCode.Unauthorized, "key_needed");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("half a fi")]
    public async Task Nothing_that_happens_to_the_file_opens_the_service(string? content)
    {
        var key = _box.Add("alice");
        await using var api = await ApiHost.StartAsync(_box.Setting);
        using var client = api.ClientWith(key);

        if (content is null)
        {
            File.Delete(_box.File.Path);
        }
        else
        {
            await File.WriteAllTextAsync(_box.File.Path, content);
        }

        api.Keys.Reload();

        using var stranger = await api.Client.GetAsync("/generations");
        await stranger.ProblemAsync(HttpStatusCode.Unauthorized, "key_needed");
        using var served = await client.GetAsync("/generations");
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        Assert.Contains(api.Log.Lines, line => line.Text.Contains("the previous keys stay in force", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_whose_last_key_was_revoked_lets_nobody_in()
    {
        var key = _box.Add("alice");
        _box.Revoke("alice");
        await using var api = await ApiHost.StartAsync(_box.Setting);
        using var client = api.ClientWith(key);

        using var answer = await client.GetAsync("/generations");

        await answer.ProblemAsync(HttpStatusCode.Unauthorized, "key_needed");
    }

    [Fact]
    public async Task A_key_file_that_is_set_must_be_there()
    {
        var failure = await Assert.ThrowsAsync<StartupException>(() => ApiHost.StartAsync(_box.Setting));

        Assert.Contains(_box.File.Path, failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _box.Dispose();
}
