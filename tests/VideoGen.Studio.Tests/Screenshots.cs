using System.Text.RegularExpressions;
using Microsoft.Playwright;
using VideoGen.Testing;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Studio.Tests;

/// <summary>Takes the pictures of the README anew, when STUDIO_SCREENSHOTS names the folder for them.</summary>
public sealed class Screenshots(Chromium chromium)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("STUDIO_SCREENSHOTS");

    private static readonly (string Character, string Shape, string Script)[] Videos =
    [
        ("owl", "16:9", "The owl blinks twice and turns its head to the moon."),
        ("robot", "9:16", "The robot hums a tune, and its heartbeat lights up the room."),
        ("fox", "4:3", "The fox looks up, smiles and waves while the sun goes down."),
    ];

    public static bool IsAsked => Folder is not null;

    [Fact(Skip = "Set STUDIO_SCREENSHOTS to a folder to take them.", SkipUnless = nameof(IsAsked))]
    public async Task The_main_states_are_taken()
    {
        await using var api = await ApiProcess.StartAsync(("VideoGen__Inference__MaxConcurrent", "1"));
        await using var light = await StudioPage.OpenAsync(chromium, api);
        foreach (var (character, shape, script) in Videos)
        {
            await ChooseAsync(light, character);
            await light.Script.FillAsync(script);
            await light.Page.GetByLabel(shape, new() { Exact = true }).CheckAsync();
            await light.Generate.ClickAsync();
            await Expect(light.Title).ToHaveTextAsync(script);
            await light.ReachAsync("completed");
        }

        await TakeVideoAsync(light, "studio-finished.jpg");

        await using var dark = await StudioPage.OpenAsync(
            await chromium.NewContextAsync(api.Client.BaseAddress!, ColorScheme.Dark));
        await ChooseAsync(dark, "fox");
        await dark.Script.FillAsync("A gust of wind, and the fox narrows its eyes.");
        await dark.Page.GetByLabel("10 s").CheckAsync();
        await dark.Page.GetByLabel("16:9", new() { Exact = true }).CheckAsync();
        await dark.Page.GetByLabel("1024").CheckAsync();
        await dark.Generate.ClickAsync();
        await Expect(dark.Screen.Locator(".percent")).ToHaveTextAsync(new Regex("[3-8].%"));
        await TakeAsync(dark.Page, "studio-rendering.jpg");

        await using var phone = await StudioPage.OpenAsync(
            await chromium.NewContextAsync(api.Client.BaseAddress!, width: 390, height: 844));
        await phone.Tile(Videos[1].Script).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(phone.Title).ToHaveTextAsync(Videos[1].Script);
        await phone.Page.EvaluateAsync("() => document.querySelector('#screen').scrollIntoView({ behavior: 'instant' })");
        await TakeVideoAsync(phone, "studio-phone.jpg");
    }

    [Fact(Skip = "Set STUDIO_SCREENSHOTS to a folder to take it.", SkipUnless = nameof(IsAsked))]
    public async Task A_storyboard_is_taken()
    {
        await using var api = await ApiProcess.StartAsync();
        await using var context = await chromium.NewContextAsync(api.Client.BaseAddress!, height: 1060);
        await using var studio = await StoryboardPage.OpenAsync(context);
        await studio.Button("New character").ClickAsync();
        await studio.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Fox");
        await studio.Page.Locator("dialog input[type=file]").SetInputFilesAsync(await DrawAsync(context, "fox"));
        await Expect(studio.Page.Locator("dialog .pictures li")).ToHaveCountAsync(1);
        await studio.Button("Create").ClickAsync();
        await studio.Page.GetByRole(AriaRole.Link, new() { Name = "New storyboard" }).ClickAsync();
        await studio.Title.FillAsync("The fox and the evening");
        await studio.WriteAsync(1, "The fox looks up and listens.");
        await studio.WriteAsync(2, "It smiles and waves.", "previous");
        await studio.WriteAsync(3, "The sun goes down behind the fox.");
        await studio.Card(3).GetByLabel("Transition into it").SelectOptionAsync("0.5");
        await studio.SavedAsync();
        await studio.Button("Render").ClickAsync();
        await studio.ReachAsync("completed");
        await studio.Chapters.Nth(1).ClickAsync();
        await Expect(studio.Chapters.Nth(1)).ToHaveAttributeAsync("aria-current", "true");
        await studio.Page.EvaluateAsync("() => { document.activeElement.blur(); window.scrollTo(0, 0); }");
        await TakeAsync(studio.Page, "studio-storyboard.jpg");
    }

    private static async Task ChooseAsync(StudioPage studio, string character)
    {
        await studio.Page.Locator("#picture").SetInputFilesAsync(await DrawAsync(studio.Context, character));
        await Expect(studio.Page.Locator("#picture-preview")).ToHaveAttributeAsync("src", new Regex("^/uploads/"));
    }

    // Drawn here, so that no picture of anybody has to be kept.
    private static async Task<FilePayload> DrawAsync(IBrowserContext context, string character)
    {
        var easel = await context.NewPageAsync();
        await easel.SetViewportSizeAsync(600, 600);
        await easel.GotoAsync(new Uri(Path.Combine(AppContext.BaseDirectory, "Samples", character + ".svg")).AbsoluteUri);
        var picture = await easel.ScreenshotAsync();
        await easel.CloseAsync();
        return new FilePayload { Name = character + ".png", MimeType = "image/png", Buffer = picture };
    }

    private static async Task TakeVideoAsync(StudioPage studio, string name)
    {
        await studio.Video.EvaluateAsync(
            "video => new Promise(done => { video.onseeked = done; video.pause(); video.currentTime = 1; })");
        await TakeAsync(studio.Page, name);
    }

    private static async Task TakeAsync(IPage page, string name)
    {
        await page.Mouse.MoveAsync(2, 2);
        await page.WaitForFunctionAsync("() => [...document.images].every(image => image.complete)");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder!, name), Type = ScreenshotType.Jpeg, Quality = 80 });
    }
}
