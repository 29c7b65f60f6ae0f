using static Microsoft.Playwright.Assertions;

namespace VideoGen.Studio.Tests;

/// <summary>Stopping a video, making another of the same, and throwing one away.</summary>
public sealed class SteeringTests(Chromium chromium, Hub hub)
{
    [Fact]
    public async Task A_video_in_progress_can_be_canceled_and_resumed()
    {
        const string script = "Canceled, then wanted.";
        hub.Hold(script);
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);
        await studio.SubmitAsync(script);
        await studio.RenderAsync();

        await studio.Button("Cancel").ClickAsync();
        await studio.ReachAsync("canceled");

        await studio.Button("Resume").ClickAsync();
        await studio.RenderAsync();
        hub.Finish(script);
        await studio.ReachAsync("completed");
    }

    [Fact]
    public async Task Another_video_is_made_of_the_same_picture_and_script()
    {
        const string script = "Made twice over.";
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);
        var first = await studio.SubmitAsync(script);
        await studio.ReachAsync("completed");

        await studio.Button("Make another").ClickAsync();
        await Expect(studio.Screen).Not.ToHaveAttributeAsync("data-id", first);
        await studio.ReachAsync("completed");

        await Expect(studio.Tile(script)).ToHaveCountAsync(2);
        await studio.Screen.GetByText("regenerated from an earlier video").ClickAsync();
        await Expect(studio.Screen).ToHaveAttributeAsync("data-id", first);
    }

    [Fact]
    public async Task Deleting_is_asked_about_in_place_and_then_done()
    {
        const string script = "Thrown away.";
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);
        var id = await studio.SubmitAsync(script);
        await studio.ReachAsync("completed");

        await studio.Button("Delete").ClickAsync();
        await Expect(studio.Screen.GetByText("Delete this video permanently?")).ToBeVisibleAsync();
        await studio.Page.Keyboard.PressAsync("Escape");
        await Expect(studio.Screen.GetByText("Delete this video permanently?")).ToHaveCountAsync(0);

        await studio.Button("Delete").ClickAsync();
        await studio.Button("Delete").ClickAsync();
        await Expect(studio.Tile(script)).ToHaveCountAsync(0);
        await Expect(studio.Screen).Not.ToHaveAttributeAsync("data-id", id);
        using var gone = await hub.Api.Client.GetAsync("/generation/" + id);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, gone.StatusCode);
    }
}
