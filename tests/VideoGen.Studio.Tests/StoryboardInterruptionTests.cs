using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Studio.Tests;

/// <summary>Neither a reload nor a restart of the server loses a storyboard from sight.</summary>
public sealed class StoryboardInterruptionTests(Chromium chromium, Hub hub)
{
    [Fact]
    public async Task A_reload_and_a_restart_in_the_middle_come_back_to_the_same_storyboard()
    {
        const string held = "Held until after the restart.";
        hub.Hold(held);
        var id = await hub.PlanAsync("Interrupted", await hub.CastAsync("Rosa"), "Quickly done.", held);
        await using var page = await StoryboardPage.OpenAsync(chromium, hub, id);
        await page.Button("Render").ClickAsync();
        await Expect(page.Shot(2).Locator(".state")).ToHaveTextAsync("Rendering");

        await page.Page.ReloadAsync();
        await Expect(page.Shot(1)).ToHaveAttributeAsync("data-state", "completed");
        await Expect(page.Shot(1).Locator("video")).ToBeVisibleAsync();
        await Expect(page.Shot(2).Locator(".state")).ToHaveTextAsync("Rendering");
        await page.Page.EvaluateAsync("() => { window.isSamePage = true; }");

        await hub.Api.KillAsync();
        await Expect(page.Connection).ToHaveAttributeAsync("data-state", "offline");
        await hub.Api.RestartAsync();
        hub.Finish(held);

        await page.ReachAsync("completed");
        await Expect(page.Chapters).ToHaveCountAsync(2);
        Assert.True(await page.Page.EvaluateAsync<bool>("() => window.isSamePage"));
        Assert.Equal(1, hub.Jobs(held));
    }

    [Fact]
    public async Task A_shot_that_failed_says_why_and_is_tried_again_alone()
    {
        const string failing = "Fails the first time, in a storyboard.";
        hub.Spoil(failing, FakeHub.Faults.FaultKind.FailJob, status: 500);
        var id = await hub.PlanAsync("Fails once", await hub.CastAsync("Sina"), "Works at once.", failing);
        await hub.RenderAsync(id);
        await using var page = await StoryboardPage.OpenAsync(chromium, hub, id);

        await page.ReachAsync("failed");
        await Expect(page.Segments.Nth(1)).ToHaveAttributeAsync("data-state", "failed");
        await Expect(page.Shot(2).Locator(".reason")).ToHaveAttributeAsync("data-code", "provider_failed");
        await page.Shot(2).GetByText("Try again").ClickAsync();

        await page.ReachAsync("completed");
        Assert.Equal(1, hub.Jobs("Works at once."));
    }

    [Fact]
    public async Task A_storyboard_says_why_it_waits_and_why_its_joined_video_is_no_longer_kept()
    {
        const string full = "The server's disk is full.";
        const string gone = "The video was deleted to make room for newer videos.";
        var id = await hub.PlanAsync("Expired", await hub.CastAsync("Ida"), "Kept for a while.");
        await hub.RenderAsync(id);
        await using var page = await StoryboardPage.OpenAsync(chromium, hub, id);
        await page.ReachAsync("completed");
        await Expect(page.Joined).ToBeVisibleAsync();

        var reason = full;
        await page.Page.RouteAsync("**/storyboards/*/events", route => route.FulfillAsync(new() { Status = 204 }));
        await page.Page.RouteAsync(new Regex(@"^http://[^/]+/storyboards(\?|/[^/?]+$)"), async route =>
        {
            var response = await route.FetchAsync();
            var document = JsonNode.Parse(await response.TextAsync())!;
            var storyboard = document is JsonArray list ? list.Single(one => (string)one!["id"]! == id)! : document;
            (storyboard["videoUrl"], storyboard["film"]) = (null, null);
            storyboard["expiry"] = new JsonObject
            {
                ["at"] = "2026-12-01T10:00:00.000Z",
                ["reason"] = "total_quota",
                ["message"] = gone,
            };
            storyboard["waitReason"] = reason;
            await route.FulfillAsync(new() { Response = response, Body = document.ToJsonString() });
        });
        await page.Page.ReloadAsync();
        await Expect(page.Page.Locator("#board-reason")).ToHaveTextAsync(full);
        reason = null;
        await page.Page.ReloadAsync();

        await Expect(page.Page.Locator("#board-reason")).ToHaveTextAsync(gone);
        await Expect(page.Joined).ToBeHiddenAsync();
    }
}
