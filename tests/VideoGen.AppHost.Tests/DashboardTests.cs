using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using VideoGen.Studio.Tests;
using VideoGen.Testing;
using static Microsoft.Playwright.Assertions;

namespace VideoGen.AppHost.Tests;

/// <summary>The cluster as a developer sees it: two addresses that are printed, and the Aspire dashboard in a browser.</summary>
public sealed partial class DashboardTests(Chromium chromium)
{
    private static readonly string? Screenshots = Environment.GetEnvironmentVariable("STUDIO_SCREENSHOTS");

    [Fact]
    public async Task The_dashboard_shows_health_and_the_trace_log_and_meters_of_an_order_and_a_stop_goes_from_the_APIs_down()
    {
        using var data = new TemporaryDirectory();
        await using var host = new AppHostProcess(data, "--silos", "2", "--apis", "2", "--fake-hub");
        var (studio, dashboard) = await host.AddressesAsync();
        using var client = new HttpClient { BaseAddress = studio, Timeout = TimeSpan.FromSeconds(60) };
        var image = await client.UploadAsync();
        // among those of many status reads it would have to be looked for
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        client.DefaultRequestHeaders.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
        var id = await client.OrderAsync(image, "A fox is watched.");
        client.DefaultRequestHeaders.Clear();
        Assert.Equal("completed", (await client.EndAsync(id)).Outcome());

        await using (var context = await chromium.NewContextAsync(dashboard, ColorScheme.Dark))
        {
            var page = await context.NewPageAsync();
            await page.GotoAsync(dashboard.AbsoluteUri);
            await ShowsResourcesAsync(page);
            await ShowsTraceAsync(page, trace);
            await ShowsLogAsync(page, id);
            await ShowsMetersAsync(page);
        }

        Assert.Equal(0, await host.StopAsync());
        Assert.Equal(["Stopping api", "api has stopped", "Stopping silo", "silo has stopped"],
            StopLine().Matches(host.Log).Select(line => line.Value));
        await Eventually.GetAsync(
            () => Task.FromResult(Leftovers.Of(data)), left => left.Count == 0,
            left => $"There are processes left: {string.Join('\n', left)}");
    }

    private static async Task ShowsResourcesAsync(IPage page)
    {
        var rows = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Running" });
        await Expect(rows).ToHaveCountAsync(6);    // Redis, the stand-in, two silos and two APIs
        await Expect(rows.Filter(new() { HasText = "nhealthy" })).ToHaveCountAsync(0);
        await Expect(rows.Filter(new() { HasText = "API documentation" })).ToHaveCountAsync(2);
        var orleans = rows.GetByText("Orleans dashboard", new() { Exact = true });
        await Expect(orleans).ToHaveCountAsync(2);
        var address = await orleans.First.EvaluateAsync<string>("link => link.closest('a').href");
        var other = await page.Context.NewPageAsync();
        Assert.True((await other.GotoAsync(address))!.Ok, address);
        await other.CloseAsync();
    }

    private static async Task ShowsTraceAsync(IPage page, string trace)
    {
        await page.GotoAsync($"/traces/detail/{trace}");
        await Expect(page.GetByText("POST /generate-video").First).ToBeVisibleAsync();
        await Expect(page.GetByText("generation.finish").First).ToBeVisibleAsync();

        // The dashboard tells replicas apart by a suffix, once more than one of them has sent something.
        await Expect(page.GetByText(new Regex("^api(-[a-z]+)?$")).First).ToBeVisibleAsync();
        await Expect(page.GetByText(new Regex("^silo(-[a-z]+)?$")).First).ToBeVisibleAsync();

        // Once by the client and once by the silo.
        await Expect(page.GetByText("IGenerationGrain/SubmitAsync", new() { Exact = true })).ToHaveCountAsync(2);
        if (Screenshots is not null)
        {
            await page.Mouse.MoveAsync(2, 2);
            await page.ScreenshotAsync(new()
            {
                Path = Path.Combine(Screenshots, "dashboard-trace.jpg"),
                Type = ScreenshotType.Jpeg,
                Quality = 80,
            });
        }
    }

    private static async Task ShowsLogAsync(IPage page, string id)
    {
        await page.GotoAsync("/structuredlogs");
        await page.Locator("input[name=structured-logs-search]").FillAsync(id);
        await Expect(page.GetByText($"Generation {id} completed").First).ToBeVisibleAsync();
    }

    private static async Task ShowsMetersAsync(IPage page)
    {
        await page.GotoAsync("/metrics/resource/silo");
        await Expect(page.GetByText("videogen.generations.completed", new() { Exact = true }).First).ToBeAttachedAsync();
        await page.GotoAsync("/metrics/resource/api");
        await Expect(page.GetByText("videogen.audit.acts", new() { Exact = true }).First).ToBeAttachedAsync();
    }

    [GeneratedRegex("Stopping (api|silo)|(api|silo) has stopped")]
    private static partial Regex StopLine();
}
