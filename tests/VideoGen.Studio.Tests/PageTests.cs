using System.Collections.Concurrent;
using System.Net;
using Microsoft.Playwright;
using VideoGen.FakeHub.Faults;
using VideoGen.Testing;
using IRequest = Microsoft.Playwright.IRequest;

namespace VideoGen.Studio.Tests;

/// <summary>What the page weighs, how it is kept, and what it may not do.</summary>
public sealed class PageTests(Chromium chromium, Hub hub)
{
    [Fact]
    public async Task The_first_paint_takes_less_than_100_KB_and_asks_nobody_else()
    {
        await using var context = await chromium.NewContextAsync(hub.Api.Client.BaseAddress!);
        var page = await context.NewPageAsync();
        var requests = new ConcurrentQueue<IRequest>();    // the page goes on asking while it is looked at
        page.RequestFinished += (_, request) => requests.Enqueue(request);
        await page.GotoAsync("/", new() { WaitUntil = WaitUntilState.Load });

        var assets = requests.Where(request =>
            new Uri(request.Url).AbsolutePath is "/" or ['/', 's', 't', 'u', 'd', 'i', 'o', ..]).ToList();
        var bytes = 0;
        foreach (var request in assets)
        {
            var sizes = await request.SizesAsync();
            bytes += sizes.ResponseBodySize + sizes.ResponseHeadersSize;
        }

        Assert.True(assets.Count > 10);
        Assert.True(bytes < 100_000, $"It takes {bytes:N0} bytes.");
        Assert.All(requests, request => Assert.Equal(hub.Api.Client.BaseAddress!.Authority, new Uri(request.Url).Authority));
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("failed")]
    [InlineData("processing")]
    public async Task Nothing_moves_while_it_loads(string newest)
    {
        const string script = "Nothing moves.";
        await using var own = new Hub();    // in the shared one videos of other tests may change meanwhile
        await own.InitializeAsync();
        if (newest == "failed")
        {
            own.Spoil(script, FaultKind.RejectContent);
        }
        else if (newest == "processing")
        {
            own.Hold(script);
        }

        await own.SubmitAsync(script);
        await Eventually.GetAsync(
            async () => (await own.Api.Client.ListAsync()).Single().Text("status"), status => status == newest,
            status => status);
        await using var context = await chromium.NewContextAsync(own.Api.Client.BaseAddress!);
        await context.AddInitScriptAsync(
            """
            window.shift = 0;
            window.moved = [];
            new PerformanceObserver(list => list.getEntries().forEach(entry => {
              window.shift += entry.value;
              window.moved.push(...entry.sources.map(({ node, previousRect: from, currentRect: to }) =>
                `${node?.nodeName}#${node?.id}.${node?.className} from ${from.x},${from.y} ${from.width}x${from.height} `
                  + `to ${to.x},${to.y} ${to.width}x${to.height}`));
            })).observe({ type: "layout-shift", buffered: true });
            """);
        await using var studio = await StudioPage.OpenAsync(context);
        await studio.Page.WaitForLoadStateAsync(LoadState.Load);

        var shift = await studio.Page.EvaluateAsync<double>("() => window.shift");
        Assert.True(
            shift <= 0.02, $"{shift}: {string.Join("; ", await studio.Page.EvaluateAsync<string[]>("() => window.moved"))}");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/studio/storyboards")]
    [InlineData("/studio/app.js")]
    [InlineData("/studio/fonts/figtree.woff2")]
    public async Task A_file_that_did_not_change_is_not_sent_again(string path)
    {
        using var first = await hub.Api.Client.GetAsync(path);
        using var again = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var second = await hub.Api.Client.SendAsync(again);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.True(first.Headers.CacheControl!.NoCache);
        Assert.Equal(["nosniff"], first.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/studio/storyboards")]
    public async Task A_page_runs_nothing_but_its_own_files(string path)
    {
        using var page = await hub.Api.Client.GetAsync(path);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));

        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.Contains("data-films=\"model\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/studio/nothing.js")]
    [InlineData("/studio/")]
    [InlineData("/studio")]
    public async Task What_is_not_there_is_a_problem_and_not_a_page(string path)
    {
        using var missing = await hub.Api.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal("application/problem+json", missing.Content.Headers.ContentType!.MediaType);
    }
}
