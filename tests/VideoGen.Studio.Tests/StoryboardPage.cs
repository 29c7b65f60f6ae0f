using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Studio.Tests;

/// <summary>
/// The page of characters and storyboards in a browser, as a person uses it. What its scripts or its policy complain about fails
/// the test.
/// </summary>
internal sealed class StoryboardPage : IAsyncDisposable
{
    private const string Path = "/studio/storyboards";

    private static readonly Regex UpToDate = new("live|polling");

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    private StoryboardPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Console += (_, message) => Keep(message);
    }

    public IPage Page { get; }

    public ILocator Connection => Page.Locator("#link");

    public ILocator Cast => Page.Locator("#cast > li");

    public ILocator Title => Page.GetByLabel("Title", new() { Exact = true });

    public ILocator Cards => Page.Locator("#cards > li");

    public ILocator Made => Page.Locator("#made > li");

    public ILocator Segments => Page.Locator("#strip > li");

    public ILocator Joined => Page.Locator("#joined-video");

    public ILocator Chapters => Page.Locator("#chapters button");

    public ILocator Announcer => Page.Locator("#announcer");

    public ILocator Saving => Page.Locator("#save-state");

    /// <summary>Opens the overview, or a storyboard.</summary>
    public static async Task<StoryboardPage> OpenAsync(IBrowserContext context, string? id = null)
    {
        var page = new StoryboardPage(context, await context.NewPageAsync());
        await page.Page.GotoAsync(id is null ? Path : $"{Path}#{id}");
        await Expect(page.Connection).ToHaveAttributeAsync("data-state", UpToDate);
        return page;
    }

    public static async Task<StoryboardPage> OpenAsync(Chromium chromium, Hub hub, string? id = null) =>
        await OpenAsync(await chromium.NewContextAsync(hub.Api.Client.BaseAddress!), id);

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>The script of a card, counted from 1.</summary>
    public ILocator Script(int number) => Card(number).GetByLabel("Script", new() { Exact = true });

    public ILocator Card(int number) => Cards.Nth(number - 1);

    /// <summary>A shot that was rendered, counted from 1.</summary>
    public ILocator Shot(int number) => Made.Nth(number - 1);

    /// <summary>Writes a new shot at the end, of the smallest length.</summary>
    public async Task WriteAsync(int number, string script, string start = "character")
    {
        if (number > 1)
        {
            await Button("Add a shot").ClickAsync();
        }

        await Script(number).FillAsync(script);
        await Card(number).GetByLabel("Length").SelectOptionAsync("3");
        await Card(number).GetByLabel("Starts from").SelectOptionAsync(start);
    }

    public Task SavedAsync() => Expect(Saving).ToHaveAttributeAsync("data-state", "saved");

    /// <summary>Waits for a status of the storyboard.</summary>
    public Task ReachAsync(string status) => Expect(Page.Locator("#board-head")).ToHaveAttributeAsync("data-state", status);

    public Task<int> OverhangAsync() => Page.EvaluateAsync<int>(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
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
