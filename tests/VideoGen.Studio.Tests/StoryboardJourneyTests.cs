using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Studio.Tests;

/// <summary>From the pictures of a character to a joined video that plays, and a shot that is regenerated.</summary>
public sealed class StoryboardJourneyTests(Chromium chromium, Hub hub)
{
    [Fact]
    public async Task A_character_and_three_shots_become_one_video_with_chapters()
    {
        const string markup = "<img src=x onerror=\"document.title='owned'\"><b>She turns.</b>";
        await using var page = await StoryboardPage.OpenAsync(chromium, hub);
        await CastAsync(page);

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "New storyboard" }).ClickAsync();
        await page.Title.FillAsync("A short walk");
        await page.Page.GetByLabel("Short side in pixels").SelectOptionAsync("512");
        await page.Page.GetByLabel("Model for all shots").SelectOptionAsync("preview");
        await page.WriteAsync(1, "She looks up.");
        await page.WriteAsync(2, "She smiles.");
        await page.WriteAsync(3, markup, "previous");
        await ReorderAsync(page);
        await page.Card(2).GetByLabel("Transition into it").SelectOptionAsync("0.5");
        await page.SavedAsync();
        await Expect(page.Page.GetByText("3 shots. Previews are free.")).ToBeVisibleAsync();

        await page.Button("Render").ClickAsync();
        await Expect(page.Segments).ToHaveCountAsync(3);
        await Expect(page.Shot(3)).ToContainTextAsync("Continues shot 2");
        for (var number = 1; number <= 3; number++)
        {
            await Expect(page.Segments.Nth(number - 1)).ToHaveAttributeAsync("data-state", "completed");
            await Expect(page.Shot(number).Locator("video")).ToBeVisibleAsync();
        }

        await page.ReachAsync("completed");
        await Expect(page.Announcer).ToHaveTextAsync("The video is ready.");
        await Expect(page.Shot(3).Locator(".script")).ToHaveTextAsync(markup);
        await Expect(page.Page.Locator("img[src='x'], #results b")).ToHaveCountAsync(0);
        await Expect(page.Page).Not.ToHaveTitleAsync("owned");

        await PlayAsync(page);
        await RedoAsync(page);
    }

    private static async Task CastAsync(StoryboardPage page)
    {
        await page.Button("New character").ClickAsync();
        await page.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Mira");
        await page.Page.Locator("dialog input[type=file]").SetInputFilesAsync(
            [Path.Combine(AppContext.BaseDirectory, "Samples", "character.jpg"), await WriteOtherAsync(page)]);
        await Expect(page.Page.Locator("dialog .pictures li")).ToHaveCountAsync(2);
        await page.Button("Create").ClickAsync();
        var card = page.Cast.Filter(new() { HasText = "Mira" });
        await Expect(card).ToContainTextAsync("2 pictures, version 1");
        await Expect(card.Locator("img")).ToBeVisibleAsync();
    }

    // Shot 1 becomes shot 2, a copy of the last is made and deleted, all with the keyboard.
    private static async Task ReorderAsync(StoryboardPage page)
    {
        var keys = page.Page.Keyboard;
        await page.Button("Move shot 1 down").FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(page.Button("Move shot 2 down")).ToBeFocusedAsync();
        await Expect(page.Announcer).ToHaveTextAsync("Shot 1 is now shot 2.");
        await Expect(page.Script(2)).ToHaveValueAsync("She looks up.");

        await page.Button("Duplicate shot 1").FocusAsync();
        await keys.PressAsync("Space");
        await Expect(page.Script(2)).ToBeFocusedAsync();
        await Expect(page.Script(2)).ToHaveValueAsync("She smiles.");
        await Expect(page.Cards).ToHaveCountAsync(4);
        await page.Button("Delete shot 2").FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(page.Cards).ToHaveCountAsync(3);
        await Expect(page.Announcer).ToHaveTextAsync("Shot 2 was deleted.");
    }

    private static async Task PlayAsync(StoryboardPage page)
    {
        await Expect(page.Joined).ToBeVisibleAsync();
        await Expect(page.Chapters).ToHaveCountAsync(3);
        await page.Chapters.Nth(1).ClickAsync();
        await Expect(page.Chapters.Nth(1)).ToHaveAttributeAsync("aria-current", "true");
        await page.Joined.EvaluateAsync("video => { video.muted = true; return video.play(); }");
        await page.Page.WaitForFunctionAsync("() => document.querySelector('#joined-video').currentTime > 3.2");
        // 9 s, less the cross-fade
        Assert.InRange(await page.Joined.EvaluateAsync<double>("video => video.duration"), 8.3, 8.6);
        await page.Chapters.Nth(2).ClickAsync();
        await Expect(page.Chapters.Nth(2)).ToHaveAttributeAsync("aria-current", "true");
        await page.Joined.EvaluateAsync("video => video.pause()");
    }

    private static async Task RedoAsync(StoryboardPage page)
    {
        var before = await page.Joined.GetAttributeAsync("src");
        var others = await page.Shot(2).Locator("video").GetAttributeAsync("src");
        await page.Shot(1).GetByText("Redo with changes").ClickAsync();
        await page.Shot(1).GetByLabel("Script").FillAsync("She laughs.");
        var form = page.Shot(1).Locator(".redo");
        await form.GetByRole(AriaRole.Button, new() { Name = "Redo", Exact = true }).ClickAsync();
        await page.ReachAsync("rendering");
        await Expect(page.Joined).ToHaveAttributeAsync("src", before!);    // the old one stays
        await Expect(page.Shot(1)).ToHaveAttributeAsync("data-state", "completed");
        await page.ReachAsync("completed");
        await Expect(page.Joined).Not.ToHaveAttributeAsync("src", before!);
        await Expect(page.Chapters.First).ToContainTextAsync("She laughs.");
        await Expect(page.Shot(2).Locator("video")).ToHaveAttributeAsync("src", others!);    // and nothing else is made again
    }

    private static async Task<string> WriteOtherAsync(StoryboardPage page)
    {
        var path = Path.Combine(Path.GetTempPath(), $"side-{Guid.NewGuid():N}.png");
        await page.Page.ScreenshotAsync(new() { Path = path });
        return path;
    }
}
