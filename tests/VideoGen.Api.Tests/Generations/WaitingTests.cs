using System.Diagnostics;
using System.Net;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Generations;

public sealed class WaitingTests
{
    private const string Id = "01994fd6-b0f3-7c5a-a8b2-c1d4e5f60718";

    private static readonly GenerationSnapshot Pending = Snapshots.Pending(Id);

    [Fact]
    public async Task Every_change_that_can_be_seen_changes_the_tag()
    {
        await using var api = await ApiHost.StartAsync();
        List<string> tags = [];
        foreach (var generation in new[]
                 {
                     Pending, Pending with { QueuePosition = 2 }, Pending with { WaitReason = "Busy." },
                     Pending with { Progress = 0.5 }, Pending with { Stage = GenerationStage.Waiting },
                         Pending with { Version = 2 },
                 })
        {
            api.Cluster.Put(generation);
            using var response = await api.Client.GetAsync("/generation/" + Id);
            tags.Add(response.Headers.ETag!.Tag);
            Assert.Equal("5", response.Headers.GetValues("Retry-After").Single());
        }

        Assert.Equal(6, tags.Distinct().Count());
        Assert.StartsWith("\"2-", tags[5]);
    }

    [Fact]
    public async Task The_same_generation_is_answered_304_with_its_tag()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Pending);
        var tag = await TagAsync(api);

        using var same = await GetAsync(api, tag);
        api.Cluster.Put(Snapshots.Completed(Id));
        using var changed = await GetAsync(api, tag);

        Assert.Equal((HttpStatusCode.NotModified, tag), (same.StatusCode, same.Headers.ETag!.Tag));
        Assert.NotNull(same.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Null(changed.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_client_that_has_the_present_waits_for_a_change()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Pending);
        var answer = GetAsync(api, await TagAsync(api), "wait=60");
        await UntilWatchedAsync(api);

        api.Change(Pending);    // not a change
        api.Change(Pending with { QueuePosition = 2 });

        using var response = await answer;
        Assert.Equal("wait=60", response.Headers.GetValues("Preference-Applied").Single());
        Assert.Equal(2, (await response.JsonAsync()).GetProperty("queuePosition").GetInt32());
    }

    [Fact]
    public async Task A_client_without_a_tag_waits_for_the_end()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Pending);
        var answer = GetAsync(api, null, "respond-async, wait=60");
        await UntilWatchedAsync(api);

        api.Change(Pending with { Version = 2, Status = GenerationStatus.Processing });
        api.Change(Snapshots.Completed(Id));

        using var response = await answer;
        Assert.Equal("completed", (await response.JsonAsync()).Text("status"));
        Assert.Empty(api.Hub.Topics);
    }

    [Fact]
    public async Task Time_that_has_passed_is_answered_with_the_present()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Pending);
        var clock = Stopwatch.StartNew();

        using var unchanged = await GetAsync(api, await TagAsync(api), "wait=1");

        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.True(clock.Elapsed > TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task A_clock_that_is_put_back_makes_nobody_wait_longer()
    {
        var time = new FakeClock();
        await using var api = await ApiHost.StartAsync(time);
        api.Cluster.Put(Pending);
        var answer = GetAsync(api, null, "wait=10");
        await UntilWatchedAsync(api);

        time.PutBack(TimeSpan.FromHours(1));
        for (var second = 0; second < 60 && !answer.IsCompleted; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(answer, Task.Delay(100));    // what the clock has set off needs time of its own
        }

        Assert.True(answer.IsCompleted);
        using var response = await answer;
        Assert.Equal("wait=10", response.Headers.GetValues("Preference-Applied").Single());
    }

    [Theory]
    [InlineData("wait=0")]
    [InlineData("wait=-5")]
    [InlineData("wait=soon")]
    [InlineData("respond-async")]
    public async Task A_preference_that_is_none_is_answered_at_once(string prefer)
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Pending);

        using var response = await GetAsync(api, null, prefer);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Preference-Applied"));
    }

    [Fact]
    public async Task Nobody_waits_longer_than_a_minute_and_a_full_house_does_not_wait()
    {
        await using var api = await ApiHost.StartAsync(("VideoGen:Live:MaxStreams", "1"));
        api.Cluster.Put(Pending);
        var waiting = GetAsync(api, null, "wait=3600");
        await UntilWatchedAsync(api);

        using var atOnce = await GetAsync(api, null, "wait=60");

        Assert.False(atOnce.Headers.Contains("Preference-Applied"));
        api.Change(Snapshots.Completed(Id));
        using var response = await waiting;
        Assert.Equal("wait=60", response.Headers.GetValues("Preference-Applied").Single());
    }

    [Fact]
    public async Task An_order_can_wait_for_its_film()
    {
        await using var api = await ApiHost.StartAsync();
        api.Client.DefaultRequestHeaders.Add("Prefer", "wait=60");
        var order = api.Client.GenerateAsync();
        await UntilWatchedAsync(api);

        api.Change(Snapshots.Completed(api.Hub.Topics.Single().GenerationId!));

        using var response = await order;
        Assert.Equal("completed", (await response.JsonAsync()).Text("status"));
        Assert.Equal("wait=60", response.Headers.GetValues("Preference-Applied").Single());
    }

    private static async Task<string> TagAsync(ApiHost api)
    {
        using var response = await api.Client.GetAsync("/generation/" + Id);
        return response.Headers.ETag!.Tag;
    }

    private static Task<HttpResponseMessage> GetAsync(ApiHost api, string? tag, string? prefer = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/generation/" + Id);
        if (tag is not null)
        {
            request.Headers.Add("If-None-Match", tag);
        }

        if (prefer is not null)
        {
            request.Headers.Add("Prefer", prefer);
        }

        return api.Client.SendAsync(request);
    }

    private static async Task UntilWatchedAsync(ApiHost api)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (api.Hub.Topics.Count == 0)
        {
            await Task.Delay(10, patience.Token);
        }
    }
}
