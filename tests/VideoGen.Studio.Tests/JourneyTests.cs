using System.Text.Json;
using Microsoft.Playwright;
using VideoGen.Testing;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Studio.Tests;

/// <summary>From a picture to a video that plays, the way it works without any account or network.</summary>
public sealed class JourneyTests(Chromium chromium)
{
    [Fact]
    public async Task A_picture_and_a_sentence_become_a_video_that_plays_in_place()
    {
        const string script = "A fox looks up and waves.";
        await using var api = await ApiProcess.StartAsync();
        await using var studio = await StudioPage.OpenAsync(
            await chromium.NewContextAsync(api.Client.BaseAddress!, motion: ReducedMotion.NoPreference));
        await Expect(studio.Previews).ToBeVisibleAsync();
        await Expect(studio.Page.GetByText("From a picture to a video")).ToBeVisibleAsync();

        var id = await studio.SubmitAsync(script);
        await studio.ReachAsync("completed");

        await Expect(studio.Video).ToBeVisibleAsync();
        await studio.Page.WaitForFunctionAsync("() => document.querySelector('video').currentTime > 0.2");
        Assert.Equal(3, await studio.Video.EvaluateAsync<double>("video => video.duration"), 0.1);
        Assert.Equal(512, await studio.Video.EvaluateAsync<int>("video => video.videoWidth"));
        await Expect(studio.Tile(script).GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", "#" + id);
        await Expect(studio.Screen.GetByText("Preview", new() { Exact = true })).ToBeVisibleAsync();

        await studio.Screen.GetByText("What happened").ClickAsync();
        await Expect(studio.Screen.Locator(".journal li").Last).ToHaveAttributeAsync("data-kind", "completed");

        var download = await studio.Page.RunAndWaitForDownloadAsync(() =>
            studio.Screen.GetByText("Download", new() { Exact = true }).ClickAsync());
        Assert.Equal($"videogen-{id}.mp4", download.SuggestedFilename);
        await using var video = await download.CreateReadStreamAsync();
        using var generation = JsonDocument.Parse(await api.Client.GetStringAsync("/generation/" + id));
        Assert.Equal(generation.RootElement.GetProperty("film").GetProperty("bytes").GetInt64(), await CountAsync(video));
    }

    private static async Task<long> CountAsync(Stream stream)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.Length;
    }
}
