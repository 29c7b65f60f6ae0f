using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using VideoGen.Testing;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Studio.Tests;

/// <summary>
/// The page in a browser of its own, as a person uses it. What its scripts or its policy complain about fails the test.
/// </summary>
internal sealed class StudioPage : IAsyncDisposable
{
    private static readonly Regex UpToDate = new("live|polling");

    private static readonly string[] Small = ["3 s", "512"];

    private readonly ConcurrentQueue<string> _complaints = new();

    private StudioPage(IBrowserContext context, IPage page)
    {
        Context = context;
        Page = page;
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Console += (_, message) => Keep(message);
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public ILocator Script => Page.GetByLabel("Script", new() { Exact = true });

    public ILocator Generate => Page.Locator("#generate");

    public ILocator Screen => Page.Locator("#screen");

    public ILocator State => Screen.Locator(".state");

    public ILocator Title => Page.Locator("#screen-title");

    public ILocator Reason => Screen.Locator(".reason");

    public ILocator Video => Screen.Locator("video");

    public ILocator Tiles => Page.Locator("#tiles > li");

    public ILocator Connection => Page.Locator("#link");

    public ILocator Previews => Page.GetByText("These videos are previews");

    public static async Task<StudioPage> OpenAsync(IBrowserContext context, string path = "/")
    {
        var studio = new StudioPage(context, await context.NewPageAsync());
        await studio.Page.GotoAsync(path);
        await studio.SettleAsync();
        return studio;
    }

    public static async Task<StudioPage> OpenAsync(Chromium chromium, ApiProcess api) =>
        await OpenAsync(await chromium.NewContextAsync(api.Client.BaseAddress!));

    /// <summary>A second tab of the same browser.</summary>
    public Task<StudioPage> OpenTabAsync() => OpenAsync(Context);

    /// <summary>Waits until the page knows what the server knows.</summary>
    public Task SettleAsync() => Expect(Connection).ToHaveAttributeAsync("data-state", UpToDate);

    public ILocator Tile(string script) => Tiles.Filter(new() { HasText = script });

    public ILocator Button(string name) => Screen.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public Task ShowAsync(string filter) => Page.GetByLabel(filter, new() { Exact = true }).CheckAsync();

    public Task ChoosePictureAsync(string name = "character.jpg") =>
        Page.Locator("#picture").SetInputFilesAsync(Path.Combine(AppContext.BaseDirectory, "Samples", name));

    /// <summary>Fills the form for the smallest video there is.</summary>
    public async Task FillAsync(string script)
    {
        await ChoosePictureAsync();
        await Script.FillAsync(script);
        foreach (var choice in Small)
        {
            await Page.GetByLabel(choice, new() { Exact = true }).CheckAsync();
        }
    }

    /// <summary>Creates a video, waits until it is on the screen and returns its id.</summary>
    public async Task<string> SubmitAsync(string script)
    {
        await FillAsync(script);
        await Generate.ClickAsync();
        await Expect(Title).ToHaveTextAsync(script);
        return await Screen.GetAttributeAsync("data-id") ?? "";
    }

    /// <summary>Waits for a status of the video on the screen.</summary>
    public Task ReachAsync(string status) => Expect(Screen).ToHaveAttributeAsync("data-state", status);

    /// <summary>Waits until the video on the screen renders.</summary>
    public Task RenderAsync() => Expect(State).ToHaveTextAsync("Rendering");

    public async ValueTask DisposeAsync()
    {
        if (Context.Pages.Count > 1)
        {
            await Page.CloseAsync();
        }
        else
        {
            await Context.DisposeAsync();
        }

        Assert.Empty(_complaints);
    }

    // A call that fails is written to the console by the browser itself, and what the page makes of it is what is tested.
    private void Keep(IConsoleMessage message)
    {
        if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
        {
            _complaints.Enqueue(message.Text);
        }
    }
}
