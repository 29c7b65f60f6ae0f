using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using VideoGen.Testing;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.Studio.Tests;

/// <summary>The operator's page of upstreams and models.</summary>
public sealed class UpstreamsPageTests(Chromium chromium)
{
    private const string Token = "correct-horse-battery";

    [Fact]
    public async Task A_paused_upstream_appears_with_its_reason()
    {
        await using var api = await ApiProcess.StartAsync(
            ("VideoGen__Dashboard__Token", Token),
            ("VideoGen__Upstreams__gpu1__Kind", "endpoint"),
            ("VideoGen__Upstreams__gpu1__Url", $"http://127.0.0.1:{FreePorts.Take()}"),
            ("VideoGen__Models__svd__Upstream", "gpu1"));
        foreach (var (scheme, width) in ((ColorScheme, int)[])[(ColorScheme.Light, 1360), (ColorScheme.Dark, 320)])
        {
            await using var context = await chromium.NewContextAsync(api.Client.BaseAddress!, scheme, width);
            await context.SetExtraHTTPHeadersAsync(new Dictionary<string, string> { ["Authorization"] = $"Bearer {Token}" });
            List<string> complaints = [];
            var page = await context.NewPageAsync();
            page.PageError += (_, error) => complaints.Add(error);
            page.Console += (_, message) => complaints.Add(message.Text);
            await page.GotoAsync("/operator");
            var gpu = page.Locator("#upstreams [data-name=gpu1]");
            await Expect(gpu).ToContainTextAsync("0 of 4");
            if (scheme is ColorScheme.Light)
            {
                await Expect(gpu.Locator(".state")).ToHaveTextAsync("Ready");
                await SubmitAsync(api);
            }

            await Expect(gpu.Locator(".state")).ToHaveTextAsync("Paused");
            await Expect(gpu.Locator(".problem")).ToContainTextAsync("(provider_unavailable): ");
            await Expect(page.Locator("#models [data-name=svd] .state")).ToHaveTextAsync("Not available");
            Assert.Empty((await page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Help}"));
            Assert.True(0 >= await page.EvaluateAsync<int>(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
            Assert.Empty(complaints);
        }
    }

    private static async Task SubmitAsync(ApiProcess api) =>
        await api.Client.OrderAsync(await api.Client.UploadAsync(), "She waits.", "svd");
}
