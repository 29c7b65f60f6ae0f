using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VideoGen.FakeHub.Requests;

namespace VideoGen.FakeHub.Tests;

public sealed class ControlTests(TestHub hub) : HubTest(hub)
{
    [Fact]
    public async Task A_fault_is_scripted_over_http()
    {
        var rule = JsonNode.Parse("""{"fault":"refuse","status":402,"match":{"prompt":"a cat","provider":"fal-ai","next":1}}""")!;

        using var scripted = await Hub.SendAsync("/_control/faults", rule);
        Assert.Equal(HttpStatusCode.Created, scripted.StatusCode);
        using var answer = await Hub.SubmitAsync(Wire.FalAi, "a cat");

        Assert.Equal(HttpStatusCode.PaymentRequired, answer.StatusCode);
    }

    [Fact]
    public async Task The_state_counts_jobs_now_and_at_most_and_submits()
    {
        await Hub.AcceptAsync(Wire.FalAi, "one");
        await Hub.AcceptAsync(Wire.Together, "two");
        Hub.Clock.Advance(TimeSpan.FromSeconds(2));
        await Hub.AcceptAsync(Wire.FalAi, "three");

        var state = await Hub.Http.GetFromJsonAsync<JsonObject>("/_control/state");

        Assert.Equal((1, 2), ((int)state!["inFlight"]!, (int)state["maxInFlight"]!));
        Assert.Equal((3, 3), ((int)state["arrived"]!, (int)state["accepted"]!));
        var falAi = state["providers"]!["fal-ai"]!;
        Assert.Equal((1, 1), ((int)falAi["inFlight"]!, (int)falAi["maxInFlight"]!));
        Assert.Equal(0, (int)state["providers"]!["together"]!["inFlight"]!);
    }

    [Fact]
    public async Task Submits_are_counted_by_prompt()
    {
        await Hub.AcceptAsync(Wire.FalAi, "a cat with a hat");
        await Hub.AcceptAsync(Wire.WaveSpeed, "a cat");

        Assert.Equal(new SubmitCount(1, 1), await Hub.Http.GetFromJsonAsync<SubmitCount>("/_control/submits?prompt=hat"));
        Assert.Equal(new SubmitCount(2, 2), await Hub.Http.GetFromJsonAsync<SubmitCount>("/_control/submits?prompt=cat"));
    }

    [Fact]
    public async Task Jobs_are_listed_with_phase_prompt_and_picture_and_can_be_finished()
    {
        var id = await Hub.AcceptAsync(Wire.FalAi, "a cat");
        await Hub.AcceptAsync(Wire.Novita, "a cat");

        using var finished = await Hub.Http.PostAsync($"/_control/jobs/{id}/finish", null);
        var jobs = await Hub.Http.GetFromJsonAsync<JsonArray>("/_control/jobs?prompt=cat&provider=fal-ai");

        var job = Assert.Single(jobs!)!;
        Assert.Equal((id, "done", "a cat"), ((string)job["id"]!, (string)job["phase"]!, (string)job["order"]!["prompt"]!));
        Assert.Equal(79, (int)job["order"]!["image"]!["bytes"]!);
    }

    [Fact]
    public async Task The_request_log_tells_tokens_apart_but_holds_neither_them_nor_signatures()
    {
        using var film = await Hub.Http.GetAsync(await Hub.RenderAsync(Wire.FalAi, "a cat"));

        var text = await Hub.Http.GetStringAsync("/_control/requests");

        var requests = JsonNode.Parse(text)!.AsArray();
        Assert.Equal(["POST", "GET", "GET"], requests.Select(request => (string?)request!["method"]));
        Assert.All(requests, request => Assert.Matches("^[0-9a-f]{8}$", (string?)request!["credential"]));
        Assert.Equal(Hub.Server.Jobs.All[0].Id, (string?)requests[2]!["jobId"]);
        Assert.DoesNotContain("hf_test", text, StringComparison.Ordinal);
        Assert.DoesNotContain("signature", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_forgets_everything_and_restores_the_settings()
    {
        await Hub.AcceptAsync(Wire.FalAi, "a cat");
        using var changed = await Hub.Http.PutAsJsonAsync("/_control/settings", new HubSettings { RenderSeconds = 9 });
        using var removed = await Hub.Http.DeleteAsync("/_control/models/MiniMaxAI/MiniMax-H3");
        Assert.Equal(9, Hub.Server.Settings.Current.RenderSeconds);

        using var reset = await Hub.Http.PostAsync("/_control/reset", null);

        Assert.Empty(Hub.Server.Jobs.All);
        Assert.Empty(Hub.Server.Submits.All);
        Assert.Empty(Hub.Server.Requests.All);
        Assert.Equal((0, 0), (Hub.Server.Jobs.InFlight(), Hub.Server.Jobs.MaxInFlight()));
        Assert.Equal(1, Hub.Server.Settings.Current.RenderSeconds);
        await Hub.AcceptAsync(Wire.Novita, "a cat");
    }

    [Fact]
    public void Addresses_and_paces_come_from_the_command_line()
    {
        var options = FakeHubOptions.From(["--urls", "http://127.0.0.1:1", "--FakeHub:RenderSeconds", "3"]);

        Assert.Equal(("http://127.0.0.1:1", 3), (options.Urls, options.Settings.RenderSeconds));
    }

    [Fact]
    public async Task A_model_is_mapped_over_http()
    {
        var mapping = JsonNode.Parse("""{"fal-ai":{"status":"error","providerId":"fal-ai/new","task":"image-to-video"}}""");

        using var set = await Hub.Http.PutAsJsonAsync("/_control/models/x/new", mapping);
        using var answer = await Hub.SendAsync("/router/fal-ai/fal-ai/new?_subdomain=queue", Wire.FalAi.Body("a cat"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
