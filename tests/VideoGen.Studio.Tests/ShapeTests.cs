using System.Text.Json;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Studio.Tests;

/// <summary>The shape of a video: chosen over the picture, requested, and seen on the screen.</summary>
public sealed class ShapeTests(Chromium chromium, Hub hub)
{
    [Fact]
    public async Task The_frame_over_the_picture_is_what_the_shape_shows_of_it()
    {
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);
        var answer = studio.Page.WaitForResponseAsync("**/upload-character");
        await studio.ChoosePictureAsync();
        var upload = (await (await answer).JsonAsync())!.Value;
        var frame = studio.Page.Locator("#crop");

        foreach (var shape in (string[])["16:9", "9:16"])
        {
            await studio.Page.GetByLabel(shape, new() { Exact = true }).CheckAsync();

            await Expect(frame).ToBeVisibleAsync();
            var crop = upload.GetProperty("crops").GetProperty(shape);
            var (box, inside) = ((await studio.Page.Locator("#drop").BoundingBoxAsync())!, (await frame.BoundingBoxAsync())!);
            var scale = Math.Min(box.Width / Whole(upload, "width"), box.Height / Whole(upload, "height"));
            Assert.InRange(inside.Width - (Whole(crop, "width") * scale), -4, 4);    // the box has a border
            Assert.InRange(inside.Height - (Whole(crop, "height") * scale), -4, 4);
            Assert.InRange(inside.Y, box.Y - 3, box.Y + box.Height);
        }

        await studio.Page.GetByLabel("Show the whole picture").CheckAsync();
        await Expect(frame).ToBeHiddenAsync();
        await studio.Page.GetByLabel("Show the whole picture").UncheckAsync();
        await studio.Page.GetByLabel("Picture", new() { Exact = true }).CheckAsync();
        await Expect(frame).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_video_has_the_chosen_shape_on_the_screen()
    {
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);
        await studio.FillAsync("She waves, upright.");
        await studio.Page.GetByLabel("9:16", new() { Exact = true }).CheckAsync();
        await studio.Page.GetByLabel("Keep the sound").UncheckAsync();
        var sent = studio.Page.WaitForRequestAsync("**/generate-video");

        await studio.Generate.ClickAsync();

        using var body = JsonDocument.Parse((await sent).PostData!);
        Assert.Equal("9:16", body.RootElement.GetProperty("aspectRatio").GetString());
        Assert.False(body.RootElement.GetProperty("sound").GetBoolean());
        await studio.ReachAsync("completed");
        await Expect(studio.Video).ToHaveJSPropertyAsync("videoWidth", 512);
        await Expect(studio.Video).ToHaveJSPropertyAsync("videoHeight", 910);
        await Expect(studio.Screen.GetByText("512 × 910")).ToBeVisibleAsync();
    }

    private static int Whole(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
