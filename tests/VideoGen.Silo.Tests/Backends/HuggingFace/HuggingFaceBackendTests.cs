using System.Security.Cryptography;
using System.Text.Json.Nodes;
using NetVips;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Testing;

namespace VideoGen.Silo.Tests.Backends.HuggingFace;

public sealed class HuggingFaceBackendTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_plan_says_what_will_be_sent_where_and_with_which_credential()
    {
        using var hub = new Hub(("VideoGen:HuggingFace:BillTo", "my-org")).ServesWan();

        var plan = await hub.PlanAsync();

        Assert.Equal(("fal-ai", "fal-ai/wan/v2.2-a14b/image-to-video", "Wan-AI/Wan2.2-I2V-A14B"), (
            plan.Provider, plan.ProviderModel, plan.Model));
        Assert.Matches("^[0-9a-f]{64}$", plan.BodyHash!);
        Assert.Matches("^[0-9a-f]{12}@my-org$", plan.Credential!);
        Assert.Equal(plan, await hub.PlanAsync());
        Assert.NotEqual(plan.BodyHash, (await hub.PlanAsync(Hub.Order(script: "another"))).BodyHash);
    }

    [Fact]
    public async Task The_script_and_the_true_type_of_the_picture_reach_the_provider()
    {
        using var hub = new Hub().ServesWan();
        hub.Http.On("POST", Hub.FalSubmit, 200, Hub.FalAccepted);

        Assert.IsType<SubmitOutcome.Accepted>(await hub.SubmitAsync(Hub.Order(script: "ein Bär, „\u00e4\" + <b>")));

        var sent = hub.Http.Sent[^1];
        var body = JsonNode.Parse(sent.Body)!;
        Assert.Equal("ein Bär, „\u00e4\" + <b>", (string?)body["prompt"]);
        Assert.Equal("data:image/jpeg;base64,/9j/++++", (string?)body["image_url"]);
        Assert.Contains("/9j/++++"u8.ToArray(), sent.Body);
        Assert.Equal("application/json", sent.Headers["content-type"]);
    }

    [Fact]
    public async Task A_model_that_takes_further_pictures_gets_as_many_as_it_takes_and_the_plan_says_how_many()
    {
        using var profiles = new TemporaryDirectory();
        var file = Path.Combine(profiles.Path, "profiles.json");
        await File.WriteAllTextAsync(file, """
            {"profiles":[{"provider":"fal-ai","model":"fal-ai/wan/v2.2-a14b/image-to-video",
            "references":{"field":"reference_image_urls","most":2}}]}
            """);
        using var hub = new Hub(("VideoGen:Inference:Profiles", file)).ServesWan();
        hub.Http.On("POST", Hub.FalSubmit, 200, Hub.FalAccepted);
        foreach (var name in new[] { "side.jpg", "back.jpg", "above.jpg" })
        {
            hub.Store.Put(MediaKind.Upload, name, [0xFF, 0xD8, 0xFF, (byte)name[0]]);
        }

        var order = Hub.Order();
        order = order with
        {
            Request = order.Request with
            {
                Character = new CastCharacter("1", 1, "In a red coat.", ["gone.jpg", "side.jpg", "back.jpg", "above.jpg"]),
            },
        };
        var planned = Assert.IsType<PlanOutcome.Planned>(await hub.Backend.PlanAsync(order, None));
        await planned.Submit();

        var body = JsonNode.Parse(hub.Http.Sent[^1].Body)!;
        Assert.Equal(3, planned.Plan.PicturesUsed);    // one is gone, and the next ones take its place
        Assert.Equal(2, body["reference_image_urls"]!.AsArray().Count);
        Assert.StartsWith("In a red coat.\n\n", (string?)body["prompt"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submit_needs_nothing_but_the_exchange_and_sends_the_body_that_was_planned()
    {
        using var hub = new Hub().ServesWan();
        hub.Http.On("POST", Hub.FalSubmit, 200, Hub.FalAccepted);
        var planned = await hub.PlannedAsync();
        await hub.Store.DeleteAsync(MediaKind.Upload, "character_1.jpg", None);
        hub.Store.IsAway = true;

        Assert.IsType<SubmitOutcome.Accepted>(await planned.Submit());

        Assert.Equal(planned.Plan.BodyHash, Convert.ToHexStringLower(SHA256.HashData(hub.Http.Sent[^1].Body)));
    }

    [Fact]
    public async Task Without_the_picture_nothing_is_ordered()
    {
        using var hub = new Hub().ServesWan();
        await hub.Store.DeleteAsync(MediaKind.Upload, "character_1.jpg", None);

        var refused = Assert.IsType<PlanOutcome.Refused>(await hub.Backend.PlanAsync(Hub.Order(), None));

        Assert.Equal(("image_missing", VerdictScope.Order), (refused.Error.Code, refused.Scope));
    }

    [Fact]
    public async Task A_picture_that_cannot_be_made_smaller_refuses_this_order_alone()
    {
        using var hub = new Hub().Serves("together", "Wan-AI/Wan2.2-I2V-A14B");
        hub.Store.Put(MediaKind.Upload, "character_1.jpg", new byte[100_000]);

        var refused = Assert.IsType<PlanOutcome.Refused>(await hub.Backend.PlanAsync(Hub.Order(), None));

        Assert.Equal(("input_rejected", VerdictScope.Order), (refused.Error.Code, refused.Scope));
    }

    [Fact]
    public async Task A_store_that_cannot_be_reached_is_waited_for_before_anything_is_ordered()
    {
        using var hub = new Hub().ServesWan();
        hub.Store.IsAway = true;

        Assert.Equal("provider_unavailable", Assert.IsType<PlanOutcome.Unavailable>(
            await hub.Backend.PlanAsync(Hub.Order(), None)).Error.Code);

        Assert.DoesNotContain(hub.Http.Sent, sent => sent.Method == "POST");
    }

    [Theory]
    [InlineData(202, """{"status":"IN_QUEUE"}""", true)]
    [InlineData(200, """{"status":"COMPLETED"}""", true)]
    [InlineData(404, """{"detail":"Request 764c not found"}""", false)]
    [InlineData(502, "<html>", false)]
    public async Task A_job_that_the_lost_answer_named_is_found_if_the_provider_knows_it(int status, string body, bool isFound)
    {
        using var hub = new Hub().ServesWan();
        hub.Http.On("GET", Hub.FalJob + "/status?_subdomain=queue", status, body);

        var outcome = await hub.Backend.FindAsync(Hub.Order(), await hub.PlanAsync(), FalJob, None);

        Assert.Equal(isFound ? FalJob : null, (outcome as FindOutcome.Found)?.Job);
        Assert.True(isFound || outcome is FindOutcome.Unavailable, $"{outcome}");
    }

    [Fact]
    public async Task Without_a_lead_no_job_can_be_found_and_nobody_is_asked()
    {
        using var hub = new Hub().ServesWan();
        var plan = await hub.PlanAsync();
        var asked = hub.Http.Sent.Count;

        Assert.IsType<FindOutcome.CannotTell>(await hub.Backend.FindAsync(Hub.Order(), plan, lead: null, None));

        Assert.Equal(asked, hub.Http.Sent.Count);
    }

    [Fact]
    public async Task A_job_is_followed_with_its_own_token_also_after_a_rotation()
    {
        using var before = new Hub(("HF_TOKEN", "hf_old"), ("VideoGen:HuggingFace:BillTo", "old-org")).ServesWan();
        var plan = await before.PlanAsync();
        using var hub = new Hub(
            ("HF_TOKEN", "hf_new"), ("HUGGING_FACE_TOKEN", "hf_old"), ("VideoGen:HuggingFace:BillTo", "new-org"));
        hub.Http.On("GET", Hub.FalJob + "/status?_subdomain=queue", 202, """{"status":"IN_QUEUE"}""");

        Assert.IsType<PollOutcome.Running>(await hub.Backend.PollAsync(Hub.Order(), plan, FalJob, None));
        Assert.Equal(
            ("Bearer hf_old", "old-org"), (hub.Http.Sent[0].Headers["authorization"], hub.Http.Sent[0].Headers["x-hf-bill-to"]));
    }

    [Theory]
    [InlineData("hf_new")]
    [InlineData(null)]
    public async Task A_job_of_a_token_that_is_gone_waits_for_it_and_is_never_asked_for_with_another(string? token)
    {
        using var before = new Hub(("HF_TOKEN", "hf_old")).ServesWan();
        var plan = await before.PlanAsync();
        using var hub = new Hub(("HF_TOKEN", token));

        var poll = Assert.IsType<PollOutcome.Unavailable>(await hub.Backend.PollAsync(Hub.Order(), plan, FalJob, None));

        Assert.Equal("backend_missing", poll.Error.Code);
        Assert.Contains(plan.Credential!, poll.Error.Message, StringComparison.Ordinal);
        Assert.Equal(CancelOutcome.NotPossible, await hub.Backend.CancelAsync(Hub.Order(), plan, FalJob, None));
        Assert.Empty(hub.Http.Sent);
    }

    [Fact]
    public async Task A_job_is_asked_for_at_its_own_provider_whatever_the_settings_say_now()
    {
        using var before = new Hub().ServesWan();
        var plan = await before.PlanAsync();
        using var hub = new Hub(("VideoGen:HuggingFace:Provider", "together"), ("VideoGen:HuggingFace:Model", "other/model"));
        hub.Http.On("GET", Hub.FalJob + "/status?_subdomain=queue", 202, """{"status":"IN_QUEUE"}""");

        Assert.IsType<PollOutcome.Running>(await hub.Backend.PollAsync(Hub.Order(), plan, FalJob, None));
    }

    [Fact]
    public async Task A_model_that_the_provider_disowns_is_said_at_once_and_looked_up_before_the_next_plan()
    {
        using var hub = new Hub();
        hub.Http.On("GET", "https://huggingface.co/api/models/Wan-AI/Wan2.2-I2V-A14B?expand[]=inferenceProviderMapping",
            _ => Mapping("fal-ai/wan/v2.2-a14b/image-to-video"), _ => Mapping("fal-ai/wan/v2.2-a14b/turbo"));
        hub.Http.On("POST", Hub.FalSubmit, 400, """{"error":"Model not supported by provider fal-ai"}""");

        var outcome = Assert.IsType<SubmitOutcome.NotAccepted>(await hub.SubmitAsync());

        Assert.Equal(("model_unavailable", VerdictScope.Model), (outcome.Error.Code, outcome.Scope));
        Assert.Equal(["GET", "POST"], hub.Http.Sent.Select(request => request.Method));
        Assert.Equal("fal-ai/wan/v2.2-a14b/turbo", (await hub.PlanAsync()).ProviderModel);

        static HttpResponseMessage Mapping(string id) => ScriptedHttp.Answer(200, System.Text.Encoding.UTF8.GetBytes(
            $$$$"""{"inferenceProviderMapping":{"fal-ai":{"status":"live","providerId":"{{{{id}}}}","task":"image-to-video"}}}"""));
    }

    [Fact]
    public async Task A_film_whose_address_is_over_is_fetched_from_its_new_one()
    {
        using var hub = new Hub().ServesWan();
        var plan = await hub.PlanAsync();
        hub.Http.On("GET", "https://cdn.example/old.mp4?sig=1", 403, "<Error>Expired</Error>");
        hub.Http.On("GET", Hub.FalJob + "/status?_subdomain=queue", 200, """{"status":"COMPLETED"}""");
        hub.Http.On("GET", Hub.FalJob + "?_subdomain=queue", 200, """{"video":{"url":"https://cdn.example/new.mp4?sig=2"}}""");
        hub.Http.On("GET", "https://cdn.example/new.mp4?sig=2", _ => ScriptedHttp.Answer(200, Hub.Film, "video/mp4"));

        var outcome = await hub.Backend.FetchAsync(Hub.Order(), plan, FalJob, new("https://cdn.example/old.mp4?sig=1"), None);

        Assert.Equal(Hub.Film.Length, Assert.IsType<FetchOutcome.Stored>(outcome).Original.Bytes);
        Assert.All(hub.Http.Sent.Where(request => request.Url.Contains("cdn.example", StringComparison.Ordinal)),
            request => Assert.DoesNotContain("authorization", request.Headers.Keys));
    }

    [Fact]
    public async Task A_video_that_is_gone_like_its_job_is_suspect()
    {
        using var hub = new Hub().ServesWan();
        var plan = await hub.PlanAsync();
        hub.Http.On("GET", "https://cdn.example/old.mp4", 404, "");
        hub.Http.On("GET", Hub.FalJob + "/status?_subdomain=queue", 404, "");

        var outcome = await hub.Backend.FetchAsync(Hub.Order(), plan, FalJob, new("https://cdn.example/old.mp4"), None);

        Assert.Equal("job_lost", Assert.IsType<FetchOutcome.Suspect>(outcome).Error.Code);
    }

    [Theory]
    [InlineData(404, "")]
    [InlineData(200, "<html>Sign in</html>")]
    public async Task A_bad_copy_is_fetched_once_more_from_a_new_address_before_anything_is_suspected(int status, string body)
    {
        using var hub = new Hub().ServesWan();
        var plan = await hub.PlanAsync();
        hub.Http.On("GET", "https://cdn.example/old.mp4", status, body);
        hub.Http.On("GET", Hub.FalJob + "/status?_subdomain=queue", 200, """{"status":"COMPLETED"}""");
        hub.Http.On("GET", Hub.FalJob + "?_subdomain=queue", 200, """{"video":{"url":"https://cdn.example/new.mp4"}}""");
        hub.Http.On("GET", "https://cdn.example/new.mp4", _ => ScriptedHttp.Answer(200, Hub.Film, "video/mp4"));

        Assert.IsType<FetchOutcome.Stored>(
            await hub.Backend.FetchAsync(Hub.Order(), plan, FalJob, new("https://cdn.example/old.mp4"), None));
    }

    [Fact]
    public async Task Without_a_token_the_order_waits_for_one()
    {
        using var hub = new Hub(("HF_TOKEN", null));

        var refused = Assert.IsType<PlanOutcome.Refused>(await hub.Backend.PlanAsync(Hub.Order(), None));

        Assert.Equal(("token_refused", VerdictScope.Upstream), (refused.Error.Code, refused.Scope));
    }

    [Theory]
    [InlineData(503, "provider_unavailable")]
    [InlineData(401, "token_refused")]
    [InlineData(403, "permission_missing")]
    public async Task A_film_whose_address_is_over_is_not_given_up_while_its_job_can_not_be_asked_for(int status, string expected)
    {
        using var hub = new Hub().ServesWan();
        var plan = await hub.PlanAsync();
        hub.Http.On("GET", "https://cdn.example/old.mp4", 403, "");
        hub.Http.On("GET", Hub.FalJob + "/status?_subdomain=queue", status, """{"error":"no"}""");

        var outcome = await hub.Backend.FetchAsync(Hub.Order(), plan, FalJob, new("https://cdn.example/old.mp4"), None);

        Assert.Equal(expected, Assert.IsType<FetchOutcome.Unavailable>(outcome).Error.Code);
    }

    [Theory]
    [InlineData("CANCELLATION_REQUESTED", 202, "IN_PROGRESS", 400, CancelOutcome.Unavailable)]
    [InlineData("CANCELLATION_REQUESTED", 503, "", 400, CancelOutcome.Unavailable)]
    [InlineData("CANCELLATION_REQUESTED", 401, "", 400, CancelOutcome.Unavailable)]
    [InlineData("CANCELLATION_REQUESTED", 200, "COMPLETED", 499, CancelOutcome.Confirmed)]
    [InlineData("CANCELLATION_REQUESTED", 404, "", 404, CancelOutcome.Unavailable)]
    [InlineData("CANCELLATION_REQUESTED", 200, "COMPLETED", 404, CancelOutcome.Unavailable)]
    [InlineData("CANCELLATION_REQUESTED", 200, "COMPLETED", 500, CancelOutcome.Unavailable)]
    [InlineData("CANCELLATION_REQUESTED", 200, "COMPLETED", 200, CancelOutcome.NotPossible)]
    [InlineData("ALREADY_COMPLETED", 200, "COMPLETED", 200, CancelOutcome.NotPossible)]
    [InlineData("ALREADY_COMPLETED", 200, "COMPLETED", 499, CancelOutcome.Confirmed)]
    [InlineData("ALREADY_COMPLETED", 503, "", 400, CancelOutcome.NotPossible)]
    [InlineData("NOT_FOUND", 404, "", 404, CancelOutcome.NotPossible)]
    public async Task A_job_is_stopped_when_its_state_says_so_and_not_when_a_signal_was_taken(
        string answer, int status, string state, int result, CancelOutcome expected)
    {
        using var hub = new Hub().ServesWan();
        var plan = await hub.PlanAsync();
        hub.Http.On("PUT", Hub.FalJob + "/cancel?_subdomain=queue", answer == "CANCELLATION_REQUESTED" ? 202 : 400,
            $$"""{"status":"{{answer}}"}""");
        hub.Http.On("GET", Hub.FalJob + "/status?_subdomain=queue", status, $$"""{"status":"{{state}}"}""");
        hub.Http.On("GET", Hub.FalJob + "?_subdomain=queue", result, result == 200
            ? """{"video":{"url":"https://cdn.example/new.mp4"}}"""
            : """{"detail":"Request was cancelled","error_type":"client_cancelled"}""");

        var outcome = await hub.Backend.CancelAsync(Hub.Order(), plan, FalJob, None);

        Assert.Equal(expected, outcome);
    }

    [Theory]
    [InlineData("wavespeed", "wavespeed-ai/wan-2.1/i2v-480p")]
    [InlineData("together", "Wan-AI/Wan2.2-I2V-A14B")]
    public async Task A_provider_without_a_cancel_is_not_asked_for_one(string provider, string model)
    {
        using var hub = new Hub().Serves(provider, model);
        var plan = await hub.PlanAsync();

        Assert.Equal(CancelOutcome.NotPossible, await hub.Backend.CancelAsync(Hub.Order(), plan, new RenderJob("1", "/x"), None));
        Assert.Single(hub.Http.Sent);
    }

    [Fact]
    public async Task Together_gets_a_picture_that_it_takes()
    {
        using var hub = new Hub().Serves("together", "Wan-AI/Wan2.2-I2V-A14B");
        hub.Http.On("POST", "https://router.huggingface.co/together/v2/videos", 200, """{"id":"v1","status":"queued"}""");
        using var noise = Image.Gaussnoise(1600, 1200, sigma: 60, mean: 128);
        using var picture = noise.Cast(Enums.BandFormat.Uchar);
        hub.Store.Put(MediaKind.Upload, "character_1.jpg", picture.JpegsaveBuffer(95));

        Assert.IsType<SubmitOutcome.Accepted>(await hub.SubmitAsync());

        var sent = (string)JsonNode.Parse(hub.Http.Sent[^1].Body)!["frame_images"]![0]!["input_image"]!;
        Assert.InRange(sent.Length, 10_000, 61_440);
        using var arrived = Image.NewFromBuffer(Convert.FromBase64String(sent.Split(',')[1]));
        Assert.Equal(4 / 3.0, arrived.Width / (double)arrived.Height, 0.02);
    }

    private static RenderJob FalJob =>
        new("764c", "/fal-ai/wan/requests/764c/status?_subdomain=queue", "/fal-ai/wan/requests/764c?_subdomain=queue",
        "/fal-ai/wan/requests/764c/cancel?_subdomain=queue");
}
