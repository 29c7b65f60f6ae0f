using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Studio.Tests;

/// <summary>However a submission reaches the server, it creates one video.</summary>
public sealed class SubmissionTests(Chromium chromium, Hub hub)
{
    [Fact]
    public async Task A_double_click_creates_one_video()
    {
        const string script = "Clicked twice.";
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);
        await studio.FillAsync(script);

        await studio.Generate.DblClickAsync();

        await Expect(studio.Title).ToHaveTextAsync(script);
        await studio.ReachAsync("completed");
        Assert.Equal(1, hub.Jobs(script));
        await Expect(studio.Tile(script)).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_submission_whose_response_is_lost_is_sent_again_and_stays_one_video()
    {
        const string script = "Answered into the void.";
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);
        await studio.FillAsync(script);
        var keys = new List<string>();
        await studio.Page.RouteAsync("**/generate-video", async route =>
        {
            keys.Add(route.Request.Headers["idempotency-key"]);
            if (keys.Count == 1)
            {
                await route.FetchAsync();
                await route.AbortAsync();
                return;
            }

            await route.ContinueAsync();
        });

        await studio.Generate.ClickAsync();

        await Expect(studio.Title).ToHaveTextAsync(script);
        await studio.ReachAsync("completed");
        Assert.Equal(2, keys.Count);
        Assert.Equal(keys[0], keys[1]);
        Assert.Equal(1, hub.Jobs(script));
        await Expect(studio.Tile(script)).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task What_is_missing_is_said_beside_the_field_and_nothing_is_sent()
    {
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);
        var submissions = 0;
        await studio.Page.RouteAsync("**/generate-video", route => { submissions++; return route.AbortAsync(); });

        await studio.Generate.ClickAsync();
        await Expect(studio.Page.Locator("#script-error")).ToHaveTextAsync("Describe in a sentence what happens.");
        await Expect(studio.Script).ToBeFocusedAsync();

        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "A wave" }).ClickAsync();
        await Expect(studio.Script).ToHaveValueAsync("She looks up, smiles and waves at the camera.");
        await studio.Generate.ClickAsync();
        await Expect(studio.Page.Locator("#picture-error")).ToHaveTextAsync("Choose a picture first.");
        Assert.Equal(0, submissions);
    }

    [Fact]
    public async Task A_script_is_text_whatever_it_contains()
    {
        const string script = "<img src=x onerror=\"document.title='owned'\"><b>bold</b>";
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);

        await studio.SubmitAsync(script);
        await studio.ReachAsync("completed");

        await Expect(studio.Tile(script)).ToHaveCountAsync(1);
        await Expect(studio.Page.Locator("img[src='x'], #screen b, #tiles b")).ToHaveCountAsync(0);
        await Expect(studio.Page).Not.ToHaveTitleAsync("owned");
    }
}
