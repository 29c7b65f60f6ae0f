using VideoGen.FakeHub.Faults;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Studio.Tests;

/// <summary>The list: filtered, longer than a page, and the same in every tab.</summary>
public sealed class HistoryTests(Chromium chromium, Hub hub)
{
    [Fact]
    public async Task A_filter_shows_the_videos_of_its_states_only()
    {
        hub.Spoil("Filtered as failed.", FaultKind.RejectContent);
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);
        await studio.SubmitAsync("Filtered as failed.");
        await studio.ReachAsync("failed");
        await studio.SubmitAsync("Filtered as finished.");
        await studio.ReachAsync("completed");

        await studio.ShowAsync("Failed");
        await Expect(studio.Tile("Filtered as failed.")).ToHaveCountAsync(1);
        await Expect(studio.Tile("Filtered as finished.")).ToHaveCountAsync(0);

        await studio.ShowAsync("Finished");
        await Expect(studio.Tile("Filtered as finished.")).ToHaveCountAsync(1);
        await Expect(studio.Tile("Filtered as failed.")).ToHaveCountAsync(0);

        await studio.ShowAsync("All");
        await Expect(studio.Tile("Filtered as failed.")).ToHaveCountAsync(1);
        await Expect(studio.Tile("Filtered as finished.")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Older_videos_come_as_the_end_of_the_list_comes_into_sight()
    {
        const string toTheEnd = "window.scrollTo(0, document.body.scrollHeight)";
        await SubmitManyAsync("One of many");
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);
        await Expect(studio.Tile("One of many: 59.")).ToHaveCountAsync(1);

        await studio.Page.EvaluateAsync(toTheEnd);
        await Expect(studio.Tile("One of many: 20.")).ToHaveCountAsync(1);
        await studio.Page.EvaluateAsync(toTheEnd);
        await ExpectAllAsync(studio, "One of many");
    }

    /// <summary>Who follows the list so closely that the end is in sight in every frame gets the whole of it.</summary>
    [Fact]
    public async Task Older_videos_come_while_the_end_of_the_list_stays_in_sight()
    {
        await SubmitManyAsync("Followed closely");
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);
        await Expect(studio.Tile("Followed closely: 59.")).ToHaveCountAsync(1);

        await studio.Page.EvaluateAsync("""
            () => {
              const follow = () => window.scrollTo(0, document.body.scrollHeight);
              new MutationObserver(follow).observe(document.getElementById("tiles"), { childList: true });
              follow();
            }
            """);
        await ExpectAllAsync(studio, "Followed closely");
    }

    private async Task SubmitManyAsync(string name)
    {
        for (var number = 0; number < 60; number++)
        {
            hub.Spoil($"{name}: {number:00}.", FaultKind.Refuse, status: 422);
            await hub.SubmitAsync($"{name}: {number:00}.");
        }
    }

    private static async Task ExpectAllAsync(StudioPage studio, string name)
    {
        await Expect(studio.Tile($"{name}: 00.")).ToHaveCountAsync(1);
        var scripts = await studio.Tile($"{name}:").Locator(".tile-script").AllInnerTextsAsync();
        Assert.Equal(Enumerable.Range(0, 60).Reverse().Select(number => $"{name}: {number:00}."), scripts);
    }

    [Fact]
    public async Task Two_tabs_agree()
    {
        const string script = "Seen from two tabs.";
        hub.Hold(script);
        await using var one = await StudioPage.OpenAsync(chromium, hub.Api);
        await using var other = await one.OpenTabAsync();

        await one.SubmitAsync(script);
        await Expect(other.Tile(script)).ToHaveAttributeAsync("data-state", "processing");
        await other.Tile(script).GetByRole(Microsoft.Playwright.AriaRole.Link).ClickAsync();
        hub.Finish(script);
        await one.ReachAsync("completed");
        await other.ReachAsync("completed");

        await one.Button("Delete").ClickAsync();
        await one.Button("Delete").ClickAsync();
        await Expect(other.Tile(script)).ToHaveCountAsync(0);
    }
}
