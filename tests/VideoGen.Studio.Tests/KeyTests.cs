using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using VideoGen.Testing;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Studio.Tests;

/// <summary>The page of a server that asks for keys.</summary>
public sealed class KeyTests(Chromium chromium)
{
    [Fact]
    public async Task The_page_asks_for_a_key_and_then_works_as_ever()
    {
        await using var api = await ApiProcess.StartAsync();
        var key = await api.MakeKeyAsync("alice");
        var context = await chromium.NewContextAsync(api.Client.BaseAddress!);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");

        await GiveAsync(page, "vg_000000000000_q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k");
        await Expect(page.Locator("#key-error")).ToContainTextAsync("This key is unknown");
        Assert.Empty((await page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Help}"));
        await page.GetByLabel("Remember it on this device").CheckAsync();
        await GiveAsync(page, key);
        await Expect(page.Locator("#link")).ToHaveAttributeAsync("data-state", "live");

        await using var studio = await StudioPage.OpenAsync(context);    // a second tab: the device knows the key
        await Expect(studio.Connection).ToHaveAttributeAsync("data-state", "live");
        await studio.SubmitAsync("She waves.");
        await studio.ReachAsync("completed");
        await Expect(studio.Video).ToHaveJSPropertyAsync("videoWidth", 512);    // it came, and without a header
        await Expect(page.Locator("#tiles > li")).ToHaveCountAsync(1);         // told over the stream

        await WriteStoryboardAsync(context);
        await page.Locator("#key-forget").ClickAsync();
        await Expect(page.GetByLabel("API key", new() { Exact = true })).ToBeVisibleAsync();
        await page.CloseAsync();
    }

    // The second page knows the key too, and its stream carries it.
    private static async Task WriteStoryboardAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/studio/storyboards#new");
        await page.GetByLabel("New character for this storyboard").ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Alice");
        await page.Locator("dialog input[type=file]").SetInputFilesAsync(
            Path.Combine(AppContext.BaseDirectory, "Samples", "character.jpg"));
        await Expect(page.Locator("dialog .pictures img")).ToHaveJSPropertyAsync("naturalWidth", 128);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true }).ClickAsync();
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        await page.GetByLabel("Title", new() { Exact = true }).FillAsync("With a key");
        await page.GetByLabel("Script", new() { Exact = true }).FillAsync("She waves.");
        await Expect(page.Locator("#save-state")).ToHaveAttributeAsync("data-state", "saved");
        await Expect(page.Locator("#link")).ToHaveAttributeAsync("data-state", "live");
        await page.CloseAsync();
    }

    private static async Task GiveAsync(IPage page, string key)
    {
        await page.GetByLabel("API key", new() { Exact = true }).FillAsync(key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Open", Exact = true }).ClickAsync();
    }
}
