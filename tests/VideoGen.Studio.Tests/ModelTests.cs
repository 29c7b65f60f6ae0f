using System.Text.Json;
using VideoGen.Testing;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Studio.Tests;

/// <summary>The choice of the model.</summary>
public sealed class ModelTests(Chromium chromium, Hub hub)
{
    [Fact]
    public async Task The_default_is_chosen_and_not_named_in_the_order()
    {
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);
        await Expect(studio.Page.GetByLabel("Model", new() { Exact = true })).ToHaveValueAsync("huggingface");
        await studio.FillAsync("She waves, by the default model.");
        var sent = studio.Page.WaitForRequestAsync("**/generate-video");

        await studio.Generate.ClickAsync();

        using var body = JsonDocument.Parse((await sent).PostData!);
        Assert.False(body.RootElement.TryGetProperty("model", out _));
        await studio.ReachAsync("completed");
        await Expect(studio.Screen.GetByText("Wan-AI/Wan2.2-I2V-A14B")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Another_model_is_ordered_and_what_it_does_not_take_is_not_sent()
    {
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);
        await studio.FillAsync("She waves, in a preview.");
        await studio.Page.GetByText("More options").ClickAsync();
        await studio.Page.GetByLabel("What to avoid").FillAsync("rain");
        await studio.Page.GetByLabel("Seed").FillAsync("7");

        await studio.Page.GetByLabel("Model", new() { Exact = true }).SelectOptionAsync("preview");

        await Expect(studio.Page.GetByLabel("What to avoid")).ToBeDisabledAsync();
        await Expect(studio.Page.GetByText("It costs nothing")).ToBeVisibleAsync();
        var sent = studio.Page.WaitForRequestAsync("**/generate-video");
        await studio.Generate.ClickAsync();
        using var body = JsonDocument.Parse((await sent).PostData!);
        Assert.Equal("preview", body.RootElement.GetProperty("model").GetString());
        Assert.Equal(7, body.RootElement.GetProperty("seed").GetInt32());
        Assert.False(body.RootElement.TryGetProperty("negativePrompt", out _));
        await studio.ReachAsync("completed");
        await Expect(studio.Screen.GetByText("Preview, made on this server")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_choice_survives_a_reload()
    {
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);
        await studio.Page.GetByLabel("Model", new() { Exact = true }).SelectOptionAsync("preview");

        await studio.Page.ReloadAsync();

        await Expect(studio.Page.GetByLabel("Model", new() { Exact = true })).ToHaveValueAsync("preview");
    }

    [Fact]
    public async Task With_one_model_there_is_nothing_to_choose()
    {
        await using var api = await ApiProcess.StartAsync();
        await using var studio = await StudioPage.OpenAsync(chromium, api);

        await Expect(studio.Page.Locator("#model option")).ToHaveCountAsync(1);    // the models are known
        await Expect(studio.Page.Locator("#model-field")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_model_that_is_not_available_says_why_and_what_happens_meanwhile()
    {
        await using var studio = await StudioPage.OpenAsync(chromium, hub.Api);
        await studio.Page.RouteAsync("**/models", route => route.FulfillAsync(new()
        {
            Json = new object[]
            {
                Offered("wan", "Wan", isDefault: true, problem: "The account has no credit left.", "preview"),
                Offered("preview", "Preview", isDefault: false, problem: null),
            },
        }));

        await studio.Page.ReloadAsync();

        await Expect(studio.Page.Locator("#model-help")).ToHaveTextAsync(
            "The account has no credit left. Until then Preview makes its videos.");
        await Expect(studio.Page.Locator("#model option").First).ToHaveTextAsync("Wan (unavailable)");
    }

    private static object Offered(string id, string title, bool isDefault, string? problem, params string[] fallback) => new
    {
        id,
        title,
        @default = isDefault,
        preview = id == "preview",
        available = problem is null,
        problem,
        fallback,
    };
}
