using VideoGen.Grains.Backends;
using VideoGen.Grains.Media;
using VideoGen.Silo.Tests.Backends.HuggingFace;

namespace VideoGen.Silo.Tests.Backends.OpenAiVideos;

/// <summary>From the accepted job to the stored video.</summary>
public sealed class FollowTests
{
    private const string Content = GpuServer.Job + "/content";
    private const string Cloud = "https://s3.example/7.mp4?X-Amz-Signature=abc";

    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_job_is_followed_from_the_submit_to_the_stored_video()
    {
        using var gpu = new GpuServer(("Token", "secret"));
        gpu.Http.On("POST", GpuServer.Videos, 200, GpuServer.Queued);
        gpu.Http.On("GET", GpuServer.Job, _ => Json(GpuServer.Queued), _ => Json("""{"object":"video","status":"completed"}"""));
        gpu.Http.On("GET", Content, _ => ScriptedHttp.Answer(200, Hub.Film, "video/mp4"));
        var planned = await gpu.PlannedAsync();

        var job = Assert.IsType<SubmitOutcome.Accepted>(await planned.Submit()).Job;
        Assert.IsType<PollOutcome.Running>(await gpu.PollAsync(planned.Plan, job));
        var rendered = Assert.IsType<PollOutcome.Rendered>(await gpu.PollAsync(planned.Plan, job));
        var stored = await gpu.Backend.FetchAsync(GpuServer.Order(), planned.Plan, job, rendered.Result, None);

        Assert.Equal(Hub.Film.Length, Assert.IsType<FetchOutcome.Stored>(stored).Original.Bytes);
        Assert.Equal(Hub.Film, gpu.Store.Get(MediaKind.Original, GpuServer.Order().OriginalName));
        Assert.All(gpu.Http.Sent, sent => Assert.Equal("Bearer secret", sent.Headers["authorization"]));
    }

    [Fact]
    public async Task A_job_that_was_finished_when_it_was_accepted_is_fetched_without_a_poll()
    {
        using var gpu = new GpuServer(("Token", "secret"));
        gpu.Http.On("POST", GpuServer.Videos, 200, $$"""{"status":"completed","data":[{"url":"{{Cloud}}"}]}""");
        gpu.Http.On("GET", Cloud, _ => ScriptedHttp.Answer(200, Hub.Film, "video/mp4"));
        var job = Assert.IsType<SubmitOutcome.Accepted>(await gpu.SubmitAsync()).Job;

        var rendered = Assert.IsType<PollOutcome.Rendered>(await gpu.PollAsync(job: job));
        Assert.IsType<FetchOutcome.Stored>(await gpu.FetchAsync(rendered.Result.Location));

        Assert.DoesNotContain("authorization", gpu.Http.Sent[^1].Headers.Keys);
        Assert.Equal(
            CancelOutcome.NotPossible, await gpu.Backend.CancelAsync(GpuServer.Order(), new RenderPlan(), job, None));
    }

    [Fact]
    public async Task A_video_in_cloud_storage_is_fetched_from_the_address_in_the_refusal_without_the_token()
    {
        using var gpu = new GpuServer(("Token", "secret"));
        gpu.Http.On("GET", Content, 400, $$"""{"detail":"Video has been uploaded to cloud storage. Please use: {{Cloud}}."}""");
        gpu.Http.On("GET", Cloud, _ => ScriptedHttp.Answer(200, Hub.Film, "video/mp4"));

        Assert.IsType<FetchOutcome.Stored>(await gpu.FetchAsync(GpuServer.RenderJob.ResultPath!));

        Assert.DoesNotContain("authorization", gpu.Http.Sent[^1].Headers.Keys);
        Assert.DoesNotContain(gpu.Logs.Lines, line => line.Contains("X-Amz-Signature", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(400, """{"detail":"no such variant"}""")]
    [InlineData(404, """{"detail":"Video not found"}""")]
    [InlineData(200, "<html>Sign in</html>")]
    public async Task A_finished_video_that_the_server_does_not_hand_out_is_only_suspected_to_be_lost(int status, string body)
    {
        using var gpu = new GpuServer();
        gpu.Http.On("GET", Content, status, body);

        Assert.IsType<FetchOutcome.Suspect>(await gpu.FetchAsync(GpuServer.RenderJob.ResultPath!));
    }

    [Fact]
    public async Task An_address_at_the_server_itself_is_called_with_its_token()
    {
        using var gpu = new GpuServer(("Token", "secret"));
        gpu.Http.On("GET", GpuServer.Url + "/files/7.mp4", _ => ScriptedHttp.Answer(200, Hub.Film, "video/mp4"));

        Assert.IsType<FetchOutcome.Stored>(await gpu.FetchAsync(GpuServer.Url + "/files/7.mp4"));

        Assert.Equal("Bearer secret", gpu.Http.Sent[^1].Headers["authorization"]);
    }

    [Fact]
    public async Task A_server_whose_name_begins_alike_does_not_get_the_token()
    {
        using var gpu = new GpuServer("https://gpu1.example", new ScriptedHttp(), ("Token", "secret"));
        gpu.Http.On("GET", "https://gpu1.example.org/7.mp4", _ => ScriptedHttp.Answer(200, Hub.Film, "video/mp4"));

        Assert.IsType<FetchOutcome.Stored>(await gpu.FetchAsync("https://gpu1.example.org/7.mp4"));

        Assert.DoesNotContain("authorization", gpu.Http.Sent[^1].Headers.Keys);
    }

    [Fact]
    public async Task An_address_that_is_over_is_exchanged_for_a_new_one()
    {
        using var gpu = new GpuServer();
        gpu.Http.On("GET", "https://s3.example/old.mp4", 403, "");
        gpu.Http.On("GET", GpuServer.Job, 200, $$"""{"object":"video","status":"completed","url":"{{Cloud}}"}""");
        gpu.Http.On("GET", Cloud, _ => ScriptedHttp.Answer(200, Hub.Film, "video/mp4"));

        Assert.IsType<FetchOutcome.Stored>(await gpu.FetchAsync("https://s3.example/old.mp4"));
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(404, false)]
    public async Task An_address_that_is_over_is_replaced_by_the_server_itself_where_it_has_the_video(int status, bool isStored)
    {
        using var gpu = new GpuServer();
        gpu.Http.On("GET", Cloud, 403, "");
        gpu.Http.On("GET", GpuServer.Job, 200, $$"""{"object":"video","status":"completed","url":"{{Cloud}}"}""");
        gpu.Http.On("GET", Content, _ => ScriptedHttp.Answer(status, Hub.Film, "video/mp4"));

        var outcome = await gpu.FetchAsync(Cloud);

        Assert.Equal(isStored, outcome is FetchOutcome.Stored);
        Assert.Equal(!isStored, outcome is FetchOutcome.Suspect);
    }

    [Fact]
    public async Task An_address_that_only_the_server_can_call_is_replaced_by_the_server_itself()
    {
        using var gpu = new GpuServer();
        gpu.Http.On("GET", GpuServer.Job, 200, """{"object":"video","status":"completed","url":"http://localhost:8000/7.mp4"}""");
        gpu.Http.On("GET", Content, _ => ScriptedHttp.Answer(200, Hub.Film, "video/mp4"));

        Assert.IsType<FetchOutcome.Stored>(await gpu.FetchAsync("http://localhost:8000/7.mp4"));
    }

    [Fact]
    public async Task A_video_is_not_given_up_while_its_job_cannot_be_asked_for()
    {
        using var gpu = new GpuServer();
        gpu.Http.On("GET", Cloud, 403, "");
        gpu.Http.On("GET", GpuServer.Job, 503, "");

        Assert.IsType<FetchOutcome.Unavailable>(await gpu.FetchAsync(Cloud));
    }

    [Fact]
    public async Task A_job_is_followed_with_the_current_token_where_its_own_is_gone_but_never_called_lost()
    {
        using var before = new GpuServer(("Token", "old"));
        var plan = (await before.PlannedAsync()).Plan;
        using var gpu = new GpuServer(("Token", "new"));
        gpu.Http.On("GET", GpuServer.Job, _ => Json(GpuServer.Queued), _ => ScriptedHttp.Answer(404, "{}"u8.ToArray()));

        Assert.IsType<PollOutcome.Running>(await gpu.PollAsync(plan));
        var later = Assert.IsType<PollOutcome.Unavailable>(await gpu.PollAsync(plan));

        Assert.Equal("Bearer new", gpu.Http.Sent[^1].Headers["authorization"]);
        Assert.Contains($"fingerprint {plan.Credential}", later.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_stays_one_segment_on_its_way_to_the_server()
    {
        using var gpu = new GpuServer();
        gpu.Http.On("POST", GpuServer.Videos, 200, """{"id":"video_a+b/c=?#"}""");
        gpu.Http.On("GET", GpuServer.Videos + "/video_a%2Bb%2Fc%3D%3F%23", 200, GpuServer.Queued);
        var job = Assert.IsType<SubmitOutcome.Accepted>(await gpu.SubmitAsync()).Job;

        Assert.IsType<PollOutcome.Running>(await gpu.PollAsync(job: job));
    }

    [Theory]
    [InlineData("vllm-omni", 200, CancelOutcome.Confirmed)]
    [InlineData("sglang", 200, CancelOutcome.NotPossible)]
    [InlineData(null, 200, CancelOutcome.NotPossible)]
    [InlineData("vllm-omni", 409, CancelOutcome.Unavailable)]
    public async Task A_cancel_deletes_the_job(string? software, int status, CancelOutcome expected)
    {
        using var gpu = new GpuServer(("Provider", software));
        gpu.Http.On("DELETE", GpuServer.Job, status, """{"id":"video_gen_7","object":"video.deleted","deleted":true}""");

        Assert.Equal(expected, await gpu.Backend.CancelAsync(GpuServer.Order(), new RenderPlan(), GpuServer.RenderJob, None));

        Assert.Equal("DELETE", Assert.Single(gpu.Http.Sent).Method);
    }

    private static HttpResponseMessage Json(string body) => ScriptedHttp.Answer(200, System.Text.Encoding.UTF8.GetBytes(body));
}
