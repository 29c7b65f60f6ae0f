using System.Text;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Media;
using VideoGen.Silo.Backends.Downloads;

namespace VideoGen.Silo.Tests.Backends.HuggingFace;

/// <summary>
/// The real HTTP handlers against a socket: what they do when a connection breaks is theirs, the outcome must be ours.
/// </summary>
public sealed class RealConnectionTests : IAsyncDisposable
{
    private static readonly string Mapping =
        RawServer.Ok("""{"inferenceProviderMapping":{"fal-ai":{"status":"live","providerId":"a/b","task":"image-to-video"}}}""");

    private readonly RawServer _server = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_order_whose_connection_breaks_after_it_went_out_is_unknown_and_was_sent_once()
    {
        using var hub = Serve(order: () => Task.FromResult<string?>(null));

        // Before the second order a connection of the first one might lie in a pool, to be taken for stale and the order
        // repeated.
        Assert.IsType<SubmitOutcome.Unknown>(await hub.SubmitAsync());
        Assert.IsType<SubmitOutcome.Unknown>(await hub.SubmitAsync());

        Assert.Equal(2, Orders.Count());
    }

    [Fact]
    public async Task Every_order_has_a_connection_of_its_own_so_that_none_can_be_stale()
    {
        using var hub = Serve(order: () => Task.FromResult<string?>(RawServer.Ok(Hub.FalAccepted)));

        Assert.IsType<SubmitOutcome.Accepted>(await hub.SubmitAsync());
        Assert.IsType<SubmitOutcome.Accepted>(await hub.SubmitAsync());

        Assert.Equal(2, Orders.Select(order => order.Connection).Distinct().Count());
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{\"request_id\":", "outcome_unknown")]
    [InlineData("HTTP/1.1 200 O", "outcome_unknown")]
    [InlineData("HTTP/1.1 402 Payment Required\r\nContent-Length: 9999\r\n\r\n{\"error\":", "payment_required")]
    public async Task An_answer_that_breaks_off_counts_as_far_as_it_came(string answer, string code)
    {
        using var hub = Serve(
            order: () => Task.FromResult<string?>(answer + (answer.Length < 20 ? "\r\nContent-Length: 9999" : "")));

        Assert.Equal(code, await hub.SubmitAsync() switch
        {
            SubmitOutcome.Unknown unknown => unknown.Error.Code,
            SubmitOutcome.NotAccepted no => no.Error.Code,
            _ => "accepted",
        });
    }

    [Fact]
    public async Task An_order_that_finds_nobody_is_certainly_not_accepted()
    {
        using var hub = Serve(order: () => Task.FromResult<string?>(null));
        var planned = await hub.PlannedAsync();
        await _server.StopAsync();

        var outcome = Assert.IsType<SubmitOutcome.NotAccepted>(await planned.Submit());

        Assert.Equal((true, "provider_unavailable"), (outcome.Transient, outcome.Error.Code));
    }

    [Fact]
    public async Task An_order_to_a_name_that_nobody_has_is_certainly_not_accepted()
    {
        using var hub = new Hub(network: null, ("VideoGen:HuggingFace:HubUrl", _server.Url),
            ("VideoGen:HuggingFace:RouterUrl", "https://router.invalid"));
        _server.Answer = _ => Task.FromResult<string?>(Mapping);

        Assert.True(Assert.IsType<SubmitOutcome.NotAccepted>(await hub.SubmitAsync()).Transient);
    }

    [Fact]
    public async Task An_order_without_an_answer_in_time_is_unknown()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var hub = Serve(order: () =>
        {
            arrived.TrySetResult();
            return new TaskCompletionSource<string?>().Task;
        });

        var ordering = hub.SubmitAsync();
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(60));
        hub.Time.Advance(TimeSpan.FromSeconds(101));

        Assert.Contains(
            "did not answer in time", Assert.IsType<SubmitOutcome.Unknown>(await ordering).Error.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://localhost")]
    [InlineData("https://127.0.0.1")]
    [InlineData("https://[::ffff:127.0.0.1]")]
    public async Task A_film_at_a_private_address_is_not_fetched(string host)
    {
        using var hub = new Hub(network: null);

        var outcome = Assert.IsType<FetchOutcome.Blocked>(await FetchAsync(hub, $"{host}:{_server.Port}/a.mp4"));

        Assert.Equal("result_unusable", outcome.Error.Code);
        Assert.Contains("not public", outcome.Error.Message, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
        Assert.Contains(hub.Logs.Lines, line => line.Contains("NotPublic", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Half_a_video_from_a_real_server_is_a_suspicion()
    {
        using var hub = new Hub(network: null, ("VideoGen:HuggingFace:AllowLoopback", "true"));
        _server.Answer = request => Task.FromResult<string?>(request.Contains("/a.mp4", StringComparison.Ordinal)
            ? $"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + Encoding.Latin1.GetString(Hub.Film)
            : null);

        var outcome = await hub.Get<VideoDownload>().FetchAsync(
            $"http://localhost:{_server.Port}/a.mp4", Hub.Order().OriginalName, "fal-ai", CancellationToken.None);

        Assert.Equal("result_unusable", Assert.IsType<FetchOutcome.Suspect>(outcome).Error.Code);
        Assert.Null(hub.Store.Get(MediaKind.Original, Hub.Order().OriginalName));
    }

    [Fact]
    public async Task A_test_may_fetch_a_film_from_this_machine_and_it_is_asked_for_without_token_and_trace()
    {
        using var hub = new Hub(network: null, ("VideoGen:HuggingFace:AllowLoopback", "true"));
        using var activity = new System.Diagnostics.Activity("test").Start();
        _server.Answer = _ => Task.FromResult<string?>(
            $"HTTP/1.1 200 OK\r\nContent-Length: {Hub.Film.Length}\r\n\r\n" + Encoding.Latin1.GetString(Hub.Film));

        Assert.IsType<FetchOutcome.Stored>(await FetchAsync(hub, $"http://localhost:{_server.Port}/a.mp4"));

        var request = Assert.Single(_server.Requests).Text;
        Assert.DoesNotContain("Authorization", request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("traceparent", request, StringComparison.OrdinalIgnoreCase);
    }

    private IEnumerable<(int Connection, string Text)> Orders =>
        _server.Requests.Where(request => request.Text.StartsWith("POST", StringComparison.Ordinal));

    private static Task<FetchOutcome> FetchAsync(Hub hub, string url) => hub.Backend.FetchAsync(
        Hub.Order(), new RenderPlan("fal-ai"), new RenderJob("1", "/x"), new RenderResult(url), CancellationToken.None);

    private Hub Serve(Func<Task<string?>> order)
    {
        _server.Answer = request =>
            request.StartsWith("POST", StringComparison.Ordinal) ? order() : Task.FromResult<string?>(Mapping);
        return new Hub(network: null, ("VideoGen:HuggingFace:HubUrl", _server.Url), (
            "VideoGen:HuggingFace:RouterUrl", _server.Url + "/router"));
    }
}
