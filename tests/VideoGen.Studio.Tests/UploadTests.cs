using static Microsoft.Playwright.Assertions;

namespace VideoGen.Studio.Tests;

/// <summary>A picture that cannot be taken is refused in words, in its place.</summary>
public sealed class UploadTests(Chromium chromium, Hub hub)
{
    [Fact]
    public async Task What_is_no_picture_is_refused_in_the_words_of_the_server()
    {
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);
        var answer = studio.Page.WaitForResponseAsync("**/upload-character");

        await studio.Page.Locator("#picture").SetInputFilesAsync(
            new Microsoft.Playwright.FilePayload
            {
                Name = "me.jpg",
                MimeType = "image/jpeg",
                Buffer =
            "No picture."u8.ToArray()
            });

        var problem = await (await answer).JsonAsync();
        await Expect(studio.Page.Locator("#picture-error")).ToHaveTextAsync(problem!.Value.GetProperty("detail").GetString()!);
        await Expect(studio.Page.Locator("#picture-preview")).ToBeHiddenAsync();

        await studio.ChoosePictureAsync();
        await Expect(studio.Page.Locator("#picture-error")).ToBeHiddenAsync();
        await Expect(studio.Page.Locator("#picture-preview")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_picture_that_is_too_large_is_refused_before_it_is_sent()
    {
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);
        var uploads = 0;
        await studio.Page.RouteAsync("**/upload-character", route => { uploads++; return route.AbortAsync(); });

        await studio.Page.Locator("#picture").SetInputFilesAsync(new Microsoft.Playwright.FilePayload
        {
            Name = "huge.jpg",
            MimeType = "image/jpeg",
            Buffer = new byte[(10 * 1024 * 1024) + 100_000],
        });

        await Expect(studio.Page.GetByText("This picture is 10.1 MB. The maximum is 10 MB.")).ToBeVisibleAsync();
        Assert.Equal(0, uploads);
    }
}
