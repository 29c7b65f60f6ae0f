using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Studio.Tests;

/// <summary>News are pushed where they can be, and asked for where they cannot.</summary>
public sealed class FeedTests(Chromium chromium, Hub hub)
{
    [Fact]
    public async Task News_come_over_the_stream()
    {
        const string script = "Pushed.";
        hub.Hold(script);
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);
        await Expect(studio.Connection).ToHaveAttributeAsync("data-state", "live");
        await studio.SubmitAsync(script);
        await studio.RenderAsync();

        await studio.Page.RouteAsync("**/generations?*", NeverAnswer);
        hub.Finish(script);

        await studio.ReachAsync("completed");
        await Expect(studio.Video).ToBeVisibleAsync();
        await studio.Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
    }

    [Fact]
    public async Task Without_a_stream_the_page_asks()
    {
        const string script = "Asked for.";
        hub.Hold(script);
        var context = await chromium.NewContextAsync(hub.Api.Client.BaseAddress!);
        await context.RouteAsync("**/events", route => route.FulfillAsync(new() { Status = 404 }));
        await using var studio = await StudioPage.OpenAsync(context);
        await Expect(studio.Connection).ToHaveAttributeAsync("data-state", "polling");
        await studio.SubmitAsync(script);
        await studio.RenderAsync();

        hub.Finish(script);

        await studio.ReachAsync("completed");
        await Expect(studio.Video).ToBeVisibleAsync();
    }

    private static Task NeverAnswer(IRoute route) => Task.CompletedTask;
}
