using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Studio.Tests;

/// <summary>Neither a reload nor a restart of the server loses a video from sight.</summary>
public sealed class InterruptionTests(Chromium chromium, Hub hub)
{
    [Fact]
    public async Task A_reload_in_the_middle_finds_the_video_again_and_the_draft_too()
    {
        const string script = "Reloaded in the middle.";
        hub.Hold(script);
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);
        await studio.SubmitAsync(script);
        await studio.RenderAsync();
        await Expect(studio.Screen.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await Expect(studio.Screen.GetByText("so far")).ToBeVisibleAsync();

        await studio.Page.ReloadAsync();

        await Expect(studio.Title).ToHaveTextAsync(script);
        await studio.RenderAsync();
        await Expect(studio.Script).ToHaveValueAsync(script);
        await Expect(studio.Page.Locator("#picture-preview")).ToBeVisibleAsync();
        hub.Finish(script);
        await studio.ReachAsync("completed");
        await Expect(studio.Video).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_restart_of_the_server_is_told_and_the_page_recovers_by_itself()
    {
        const string script = "Restarted in the middle.";
        hub.Hold(script);
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);
        await studio.SubmitAsync(script);
        await studio.RenderAsync();
        await studio.Page.EvaluateAsync("() => { window.isSamePage = true; }");

        await hub.Api.KillAsync();
        await Expect(studio.Page.GetByText("The server does not respond")).ToBeVisibleAsync();
        await hub.Api.RestartAsync();

        await studio.SettleAsync();
        hub.Finish(script);
        await studio.ReachAsync("completed");
        await Expect(studio.Video).ToBeVisibleAsync();
        Assert.True(await studio.Page.EvaluateAsync<bool>("() => window.isSamePage"));
        Assert.Equal(1, hub.Jobs(script));
    }
}
