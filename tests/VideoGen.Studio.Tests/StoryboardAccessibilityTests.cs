using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Studio.Tests;

/// <summary>The page of storyboards serves whoever does not see it, does not use a mouse, or holds it in one hand.</summary>
public sealed class StoryboardAccessibilityTests(Chromium chromium, Hub hub)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1360)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task Axe_finds_nothing_and_nothing_is_wider_than_the_screen(ColorScheme scheme, int width)
    {
        var (done, held) = ($"Without any place to break it: {new string('m', 200)} {scheme}", $"Held, {scheme}.");
        hub.Hold(held);
        var id = await hub.PlanAsync($"Seen in {scheme}", await hub.CastAsync($"Tess in {scheme}"), done, held);
        await using var page = await StoryboardPage.OpenAsync(
            await chromium.NewContextAsync(hub.Api.Client.BaseAddress!, scheme, width, 800));
        await Expect(page.Cast.First).ToBeVisibleAsync();
        await CheckAsync(page);
        await page.Button("New character").ClickAsync();
        await page.Button("Create").ClickAsync();
        await Expect(page.Page.GetByText("Choose at least one picture.")).ToBeVisibleAsync();
        await CheckAsync(page);
        await page.Button("Close").ClickAsync();

        await page.Page.GetByRole(AriaRole.Link, new() { Name = $"Seen in {scheme}" }).ClickAsync();
        await page.Card(2).GetByLabel("Starts from").SelectOptionAsync("previous");
        await page.Card(1).GetByLabel("Starts from").SelectOptionAsync("picture");
        await Expect(page.Saving).ToContainTextAsync("choose a picture for shot 1");
        await CheckAsync(page);
        await page.Card(1).GetByLabel("Starts from").SelectOptionAsync("character");
        await page.Card(2).GetByLabel("Starts from").SelectOptionAsync("character");

        await page.Button("Render").ClickAsync();
        await Expect(page.Shot(1)).ToHaveAttributeAsync("data-state", "completed");
        await Expect(page.Shot(2).Locator(".state")).ToHaveTextAsync("Rendering");
        await CheckAsync(page);

        hub.Finish(held);
        await page.ReachAsync("completed");
        await page.Shot(1).GetByText("Redo with changes").ClickAsync();
        await page.Button("Delete").ClickAsync();
        await CheckAsync(page);
        await page.Button("Delete").ClickAsync();
        await Expect(page.Cast.First).ToBeVisibleAsync();
        await Expect(page.Page.GetByRole(AriaRole.Link, new() { Name = $"Seen in {scheme}" })).ToHaveCountAsync(0);
        using var gone = await hub.Api.Client.GetAsync("/storyboards/" + id);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, gone.StatusCode);
    }

    private static async Task CheckAsync(StoryboardPage page)
    {
        Assert.True(await page.OverhangAsync() <= 0);
        Assert.Empty(await page.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll("button, a, select, summary")]
              .filter(element => element.checkVisibility() && !element.closest("p, .skip"))
              .map(element => [element, element.getBoundingClientRect()])
              .filter(([, { width, height }]) => width < 24 || height < 24)
              .map(([element, { width, height }]) => `${element.outerHTML} is ${width} x ${height}`)
            """));
        var result = await page.Page.RunAxe();
        Assert.Empty(result.Violations.Select(
            violation => $"{violation.Id}: {violation.Help} {string.Join(" | ", violation.Nodes.Select(node => node.Html))}"));
    }
}
