using System.Text;
using VideoGen.Grains.Backends;
using VideoGen.Silo.Tests.Backends.HuggingFace;

namespace VideoGen.Silo.Tests.Backends.OpenAiVideos;

/// <summary>The real HTTP handlers against a socket.</summary>
public sealed class RealConnectionTests : IAsyncDisposable
{
    private readonly RawServer _server = new();
    private readonly Dictionary<string, Func<string?>> _answers = new()
    {
        ["GET /v1/models"] = () => RawServer.Ok("""{"data":[]}"""),
    };

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_job_lives_from_the_submit_to_the_stored_video()
    {
        using var gpu = Connect(("Token", "secret"));
        _answers["POST /v1/videos"] = () => RawServer.Ok(GpuServer.Queued);
        _answers["GET /v1/videos/video_gen_7"] = () => RawServer.Ok("""{"status":"completed"}""");
        _answers["GET /v1/videos/video_gen_7/content"] = () =>
            $"HTTP/1.1 200 OK\r\nContent-Length: {Hub.Film.Length}\r\n\r\n" + Encoding.Latin1.GetString(Hub.Film);
        _answers["DELETE /v1/videos/video_gen_7"] = () => RawServer.Ok("{}");

        var job = Assert.IsType<SubmitOutcome.Accepted>(await gpu.SubmitAsync()).Job;
        var rendered = Assert.IsType<PollOutcome.Rendered>(await gpu.PollAsync(job: job));
        Assert.IsType<FetchOutcome.Stored>(await gpu.FetchAsync(rendered.Result.Location));
        await gpu.Backend.CancelAsync(GpuServer.Order(), new RenderPlan(), job, CancellationToken.None);

        var submit = Assert.Single(Submits);
        Assert.Contains("name=\"prompt\"\r\n\r\nthe cat starts to dance\r\n", submit, StringComparison.Ordinal);
        Assert.Equal(5, _server.Requests.Count);
        Assert.All(_server.Requests, request =>
            Assert.Contains("Authorization: Bearer secret\r\n", request.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_whose_connection_breaks_after_it_went_out_is_unknown_and_was_sent_once()
    {
        using var gpu = Connect();
        _answers["POST /v1/videos"] = () => null;

        Assert.IsType<SubmitOutcome.Unknown>(await gpu.SubmitAsync());

        Assert.Single(Submits);
    }

    [Fact]
    public async Task The_job_of_a_broken_connection_is_found_by_the_clock_of_the_server()
    {
        using var gpu = Connect(("Exclusive", "true"), ("MaxConcurrent", "1"));
        var ahead = gpu.Time.GetUtcNow().AddDays(2);
        _answers["POST /v1/videos"] = () => null;
        var job = $$"""{"id":"video_gen_7","prompt":"the cat starts to dance","created_at":{{ahead.ToUnixTimeSeconds()}}}""";
        _answers["GET /v1/videos?limit=100&order=desc"] = () => RawServer.Ok($$"""{"data":[{{job}}]}""")
            .Replace("Content-Type", $"Date: {ahead:R}\r\nContent-Type", StringComparison.Ordinal);
        var planned = await gpu.PlannedAsync();

        Assert.IsType<SubmitOutcome.Unknown>(await planned.Submit());
        var found = await gpu.Backend.FindAsync(GpuServer.Order(), planned.Plan, null, CancellationToken.None);

        Assert.Equal(GpuServer.RenderJob, Assert.IsType<FindOutcome.Found>(found).Job);
    }

    [Fact]
    public async Task A_server_that_stops_between_the_plan_and_the_submit_has_certainly_not_accepted()
    {
        using var gpu = Connect();
        var planned = await gpu.PlannedAsync();
        await _server.StopAsync();

        var no = Assert.IsType<SubmitOutcome.NotAccepted>(await planned.Submit());

        Assert.Equal((true, VerdictScope.Upstream), (no.Transient, no.Scope));
    }

    [Fact]
    public async Task A_server_that_is_not_there_gets_no_request()
    {
        using var gpu = Connect();
        await _server.StopAsync();

        var refused = Assert.IsType<PlanOutcome.Refused>(await gpu.PlanAsync());

        Assert.Equal("gpu1 could not be reached (no connection). Retry later.", refused.Error.Message);
    }

    [Fact]
    public async Task A_redirect_to_another_place_is_not_followed_with_the_token_nor_into_the_own_network()
    {
        await using var other = new RawServer();
        using var gpu = Connect(("Token", "secret"));
        _answers["GET /v1/videos/video_gen_7/content"] = () =>
            $"HTTP/1.1 302 Found\r\nLocation: {other.Url}/7.mp4\r\nContent-Length: 0\r\n\r\n";

        Assert.IsType<FetchOutcome.Blocked>(await gpu.FetchAsync(GpuServer.RenderJob.ResultPath!));

        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task Script_and_token_are_in_no_log_and_no_outcome()
    {
        using var gpu = Connect(("Token", "very-secret"));
        _answers["POST /v1/videos"] = () => RawServer.Ok("""{"detail":"very-secret may not do this"}""")
            .Replace("200 OK", "400 Bad Request", StringComparison.Ordinal);

        var outcome = await gpu.SubmitAsync(GpuServer.Order("my private script"));

        var everything = string.Join('\n', [.. gpu.Logs.Lines, $"{outcome}"]);
        Assert.DoesNotContain("very-secret", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("my private script", everything, StringComparison.Ordinal);
    }

    private IEnumerable<string> Submits => _server.Requests.Select(request => request.Text)
        .Where(text => text.StartsWith("POST", StringComparison.Ordinal));

    private GpuServer Connect(params (string, string?)[] settings)
    {
        _server.Answer = request => Task.FromResult(
            _answers.GetValueOrDefault(request[..request.IndexOf(" HTTP", StringComparison.Ordinal)])?.Invoke());
        return new GpuServer(_server.Url, network: null, settings);
    }
}
