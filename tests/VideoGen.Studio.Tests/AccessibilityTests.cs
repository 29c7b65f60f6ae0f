using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using VideoGen.FakeHub.Faults;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Studio.Tests;

/// <summary>The page serves whoever does not see it, does not use a mouse, or holds it in one hand.</summary>
public sealed class AccessibilityTests(Chromium chromium, Hub hub)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_in_any_state(ColorScheme scheme)
    {
        var (failing, held) = ($"Fails in {scheme}.", $"Renders in {scheme}.");
        hub.Spoil(failing, FaultKind.FailJob, status: 500);
        hub.Hold(held);
        await using var studio = await StudioPage.OpenAsync(await chromium.NewContextAsync(hub.Api.Client.BaseAddress!, scheme));
        await studio.Page.GetByText("More options").ClickAsync();
        await studio.Generate.ClickAsync();
        await CheckAsync(studio);

        await studio.SubmitAsync(failing);
        await studio.ReachAsync("failed");
        await CheckAsync(studio);

        await studio.SubmitAsync(held);
        await studio.RenderAsync();
        await CheckAsync(studio);

        hub.Finish(held);
        await studio.ReachAsync("completed");
        await studio.Screen.GetByText("What happened").ClickAsync();
        await Expect(studio.Screen.Locator(".journal li").First).ToBeVisibleAsync();
        await studio.Button("Delete").ClickAsync();
        await CheckAsync(studio);
    }

    [Fact]
    public async Task A_video_is_created_and_opened_with_the_keyboard_alone()
    {
        const string script = "Typed.";
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);
        var keys = studio.Page.Keyboard;
        await studio.ChoosePictureAsync();

        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");    // the link that skips to the form
        await keys.PressAsync("Tab");
        await Expect(studio.Page.Locator("#picture")).ToBeFocusedAsync();
        await keys.PressAsync("Tab");
        await keys.TypeAsync(script);
        await keys.PressAsync("Control+Enter");

        await Expect(studio.Title).ToHaveTextAsync(script);
        await Expect(studio.Title).ToBeFocusedAsync();
        await studio.ReachAsync("completed");
        await Expect(studio.Page.Locator("#announcer")).ToHaveTextAsync("Finished");
    }

    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    [InlineData(820)]
    public async Task Nothing_is_wider_than_the_screen(int width)
    {
        var script = $"Without any place to break it: {new string('m', 200)} {width}";
        await using var studio = await StudioPage.OpenAsync(
            await chromium.NewContextAsync(hub.Api.Client.BaseAddress!, width: width, height: 800));
        await studio.Page.GetByText("More options").ClickAsync();
        Assert.True(await OverhangAsync(studio) <= 0);

        await studio.SubmitAsync(script);
        await studio.ReachAsync("completed");
        await studio.Button("Delete").ClickAsync();
        Assert.True(await OverhangAsync(studio) <= 0);
    }

    private static Task<int> OverhangAsync(StudioPage studio) => studio.Page.EvaluateAsync<int>(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    private static async Task CheckAsync(StudioPage studio)
    {
        var result = await studio.Page.RunAxe();
        Assert.Empty(result.Violations.Select(
            violation => $"{violation.Id}: {violation.Help} {string.Join(" | ", violation.Nodes.Select(node => node.Html))}"));
    }
}
