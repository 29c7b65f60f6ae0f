using System.Net;
using System.Text.Json.Nodes;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Media;

namespace VideoGen.Silo.Tests.Backends.HuggingFace;

/// <summary>
/// Our requests beside those of the official clients, method, URL, headers and body. What differs on purpose is written here: our
/// own user agent, the picture as a data URI once where a client sends bare base64 twice, a paid order that is never repeated,
/// and parameters, which are ours and in the words of the provider instead of <c>target_size</c>.
/// </summary>
public sealed class GoldenTraceTests
{
    private static readonly string[] NotOfOurs =
        ["negative_prompt", "num_inference_steps", "steps", "guidance_scale", "seed", "target_size"];

    private static readonly string[] Parameters =
    [
        "num_frames", "frames_per_second", "frame_rate", "duration", "seconds", "resolution", "aspect_ratio", "size", "width",
            "height",
        "enable_safety_checker",
    ];

    [Theory]
    [InlineData("fal-ai/routed/full-params+billTo", 81)]
    [InlineData("fal-ai/routed/provider-specific-params", null)]
    [InlineData("fal-ai/routed/image-text-to-video", null)]
    [InlineData("fal-ai/routed/lora-mapping(array form)", null)]
    [InlineData("wavespeed/routed/full-params", null)]
    [InlineData("wavespeed/routed/image-text-to-video", null)]
    [InlineData("together/routed/full-params", null)]
    [InlineData("novita/routed/image-text-to-video", null)]
    public async Task Order_polls_and_download_are_those_of_the_official_client(string name, int? frames)
    {
        var trace = Trace.Get(name);
        using var replay = new Replay(trace.Requests);
        using var hub = Connect(trace, replay);
        var order = OrderOf(trace);

        var planned = await hub.PlannedAsync(order);
        var plan = planned.Plan;
        var job = Assert.IsType<SubmitOutcome.Accepted>(await planned.Submit()).Job;
        var poll = await hub.Backend.PollAsync(order, plan, job, CancellationToken.None);
        while (poll is PollOutcome.Running)
        {
            poll = await hub.Backend.PollAsync(order, plan, job, CancellationToken.None);
        }

        var result = Assert.IsType<PollOutcome.Rendered>(poll).Result;
        Assert.IsType<FetchOutcome.Stored>(await hub.Backend.FetchAsync(order, plan, job, result, CancellationToken.None));
        Assert.Equal(Trace.Film, hub.Store.Get(MediaKind.Original, order.OriginalName));
        Assert.Equal(trace.Requests.Count, replay.Sent.Count);
        Assert.All(trace.Requests.Zip(replay.Sent), pair => AssertSame(pair.First, pair.Second));
        Assert.Equal(frames, frames is null ? null : (int?)JsonNode.Parse(replay.Sent[1].Body)!["num_frames"]);
    }

    [Theory]
    [InlineData("fal-ai/routed/503-no-retry", "provider_unavailable", true)]
    [InlineData("fal-ai/routed/submit-401", "token_refused", false)]
    [InlineData("fal-ai/routed/submit-402-depleted", "payment_required", false)]
    [InlineData("fal-ai/routed/submit-402-provider", "payment_required", false)]
    [InlineData("fal-ai/routed/submit-403-permission", "permission_missing", false)]
    [InlineData("fal-ai/routed/submit-404-html", "model_unavailable", false)]
    [InlineData("fal-ai/routed/submit-400-unmapped", "model_unavailable", false)]
    [InlineData("fal-ai/routed/submit-413-html", "input_rejected", false)]
    [InlineData("fal-ai/routed/submit-422-detail-string", "input_rejected", false)]
    [InlineData("fal-ai/routed/submit-422-detail-array", "input_rejected", false)]
    [InlineData("fal-ai/routed/submit-429", "rate_limited", true)]
    [InlineData("fal-ai/routed/submit-504-request-timeout", "outcome_unknown", false)]
    [InlineData("wavespeed/routed/submit-400", "input_rejected", false)]
    public async Task A_recorded_refusal_is_sent_once_and_told_apart(string name, string code, bool transient)
    {
        var trace = Trace.Get(name);
        using var replay = new Replay(trace.Requests, mayRepeatFirst: true);
        using var hub = Connect(trace, replay);
        var order = OrderOf(trace);

        var outcome = await hub.SubmitAsync(order);

        Assert.Equal((code, transient), outcome switch
        {
            SubmitOutcome.NotAccepted no => (no.Error.Code, no.Transient),
            SubmitOutcome.Unknown unknown => (unknown.Error.Code, false),
            _ => ("accepted", false),
        });
        Assert.Single(replay.Sent, request => request.Method == "POST");
    }

    [Theory]
    [InlineData("fal-ai/routed/result-422", "input_rejected")]
    [InlineData("wavespeed/routed/failed", "content_rejected")]
    [InlineData("wavespeed/routed/poll-404", "job_lost")]
    [InlineData("together/routed/failed", "content_rejected")]
    [InlineData("together/routed/cancelled", "provider_failed")]
    [InlineData("novita/routed/failed", "content_rejected")]
    public async Task A_recorded_failure_of_a_job_is_told_apart(string name, string code)
    {
        var trace = Trace.Get(name);
        using var replay = new Replay(trace.Requests);
        using var hub = Connect(trace, replay);
        var order = OrderOf(trace);
        var planned = await hub.PlannedAsync(order);
        var plan = planned.Plan;
        var job = Assert.IsType<SubmitOutcome.Accepted>(await planned.Submit()).Job;

        var poll = await hub.Backend.PollAsync(order, plan, job, CancellationToken.None);
        while (poll is PollOutcome.Running)
        {
            poll = await hub.Backend.PollAsync(order, plan, job, CancellationToken.None);
        }

        Assert.Equal(code, poll switch
        {
            PollOutcome.Failed failed => failed.Error.Code,
            PollOutcome.Suspect suspect => suspect.Error.Code,
            _ => poll.GetType().Name,
        });
    }

    [Fact]
    public async Task A_cancel_is_that_of_the_clients_of_fal_behind_the_router()
    {
        var recorded = new Uri(Trace.Get("fal-client/cancel").Requests[0].Url);
        var job = new RenderJob(
            "764c", "/fal-ai/status", "/fal-ai/result", CancelPath: recorded.AbsolutePath + "?_subdomain=queue");
        using var hub = new Hub().ServesWan();
        hub.Http.On("PUT", $"https://router.huggingface.co/fal-ai{recorded.AbsolutePath}?_subdomain=queue", 202, """{"status":"CANCELLATION_REQUESTED"}""");
        hub.Http.On("GET", "https://router.huggingface.co/fal-ai/fal-ai/status", 200, """{"status":"COMPLETED"}""");
        hub.Http.On("GET", "https://router.huggingface.co/fal-ai/fal-ai/result", 499, """{"detail":"Canceled"}""");

        Assert.Equal(CancelOutcome.Confirmed, await hub.Backend.CancelAsync(
            Hub.Order(), await hub.PlanAsync(), job, CancellationToken.None));
    }

    private static Hub Connect(Trace trace, Replay replay)
    {
        var hub = new Hub(replay,
            ("VideoGen:HuggingFace:Model", trace.Model),
            ("VideoGen:HuggingFace:BillTo", trace.Order.Headers.GetValueOrDefault("x-hf-bill-to")));
        hub.Store.Put(MediaKind.Upload, "character_1.jpg", Trace.Picture);
        return hub;
    }

    private static RenderRequest OrderOf(Trace trace)
    {
        var body = trace.Order.Body!;
        var script = (string?)body["prompt"] ?? (string)body["content"]![0]!["text"]!;
        return Hub.Order(seconds: 5, side: 512, script);
    }

    private static void AssertSame(TracedRequest expected, SentRequest sent)
    {
        Assert.Equal((expected.Method, expected.Url), (sent.Method, sent.Url));
        Assert.Equal(
            expected.Headers.Where(header => header.Key != "user-agent").OrderBy(header => header.Key),
            sent.Headers.Where(header => header.Key != "user-agent").OrderBy(header => header.Key)
                .Select(header => KeyValuePair.Create(
                    header.Key, header.Value.Replace(Hub.Token, "<REDACTED>", StringComparison.Ordinal))));
        if (expected.Body is null)
        {
            Assert.Empty(sent.Body);
            return;
        }

        var ours = JsonNode.Parse(sent.Body)!.AsObject();
        var theirs = JsonNode.Parse(expected.Body.ToJsonString()
            .Replace("\\u003Craw-base64", "data:image/png;base64,\\u003Cbase64", StringComparison.Ordinal))!.AsObject();
        theirs.Remove("images");
        foreach (var name in NotOfOurs.Concat(Parameters))
        {
            theirs.Remove(name);
            ours.Remove(name);
        }

        var shown = JsonNode.Parse(ours.ToJsonString().Replace(
            JsonValue.Create(Convert.ToBase64String(Trace.Picture)).ToJsonString().Trim('"'),
            "\\u003Cbase64 chars=108 sha256(bytes)=22422969fd95e8b7\\u003E", StringComparison.Ordinal));
        Assert.True(JsonNode.DeepEquals(theirs, shown), $"Recorded {theirs.ToJsonString()}, sent {shown!.ToJsonString()}");
    }

    /// <summary>Gives the recorded answers in their order, to the recorded requests only.</summary>
    private sealed class Replay(IReadOnlyList<TracedRequest> requests, bool mayRepeatFirst = false) : HttpMessageHandler
    {
        public List<SentRequest> Sent { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
                .ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join(", ", header.Value));
            var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
            headers.Remove("content-length");
            Sent.Add(new SentRequest(request.Method.Method, request.RequestUri!.AbsoluteUri, headers, body));
            var expected = Sent.Count <= requests.Count ? requests[Sent.Count - 1] : mayRepeatFirst ? requests[0] : null;
            Assert.Equal((expected?.Method, expected?.Url), (request.Method.Method, request.RequestUri.AbsoluteUri));
            var response = new HttpResponseMessage((HttpStatusCode)expected!.Status)
            {
                Content = new ByteArrayContent(
                expected.ResponseBody)
            };
            foreach (var (name, value) in expected.ResponseHeaders)
            {
                _ = response.Headers.TryAddWithoutValidation(name, value) || response.Content.Headers.TryAddWithoutValidation(
                    name, value);
            }

            return response;
        }
    }
}
