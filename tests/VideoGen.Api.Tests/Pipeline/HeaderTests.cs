using System.Net;
using Microsoft.Extensions.Options;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Pipeline;

public sealed class HeaderTests
{
    private const string App = "https://app.example";
    private static readonly (string, string) OneOrigin = ("VideoGen:Http:Origins", $"{App}, https://other.example");
    private static readonly (string, string) Proxy = ("VideoGen:Proxies", "127.0.0.1");

    [Theory]
    [InlineData("/health")]
    [InlineData("/generations")]
    [InlineData("/no/such/path")]
    [InlineData("/openapi.json")]
    public async Task Answers_may_load_nothing_and_be_shown_nowhere(string path)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.GetAsync(path);

        Assert.Equal("default-src 'none'; frame-ancestors 'none'", Header(response, "Content-Security-Policy"));
        Assert.Equal("DENY", Header(response, "X-Frame-Options"));
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.False(response.Headers.Contains("Server"));
        Assert.False(response.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task A_picture_that_is_opened_as_a_page_runs_nothing()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.GetAsync(await api.Client.UploadAsync());

        Assert.Equal("image/jpeg", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("default-src 'none'", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.EndsWith("; sandbox", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
    }

    [Theory]
    [InlineData(App, App)]
    [InlineData("https://other.example", "https://other.example")]
    [InlineData("https://evil.example", null)]
    public async Task With_a_list_of_origins_only_those_may_read_answers_and_media(string origin, string? allowed)
    {
        await using var api = await ApiHost.StartAsync(OneOrigin);
        var image = await api.Client.UploadAsync();
        foreach (var path in (string[])["/generations", image, "/no/such/path"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Origin", origin);

            using var response = await api.Client.SendAsync(request);

            Assert.Equal(allowed, response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single()
                : null);
            Assert.Contains("Origin", response.Headers.Vary);
        }
    }

    [Fact]
    public async Task A_caches_copy_of_an_answer_without_an_origin_is_not_one_for_an_origin()
    {
        await using var api = await ApiHost.StartAsync(OneOrigin);

        using var response = await api.Client.GetAsync(await api.Client.UploadAsync());

        Assert.Contains("Origin", response.Headers.Vary);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Plain_requests_are_sent_to_https_but_probes_and_what_came_by_https_are_not()
    {
        await using var api =
            await ApiHost.StartAsync(Proxy, ("VideoGen:Http:RedirectToHttps", "true"), ("VideoGen:Http:HstsDays", "30"));
        using var client =
            new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = api.Client.BaseAddress };

        using var plain = await client.GetAsync("/generations?limit=3");
        using var probe = await client.GetAsync("/alive");
        using var secure = await ForwardedAsync(client, "https");

        Assert.Equal(HttpStatusCode.PermanentRedirect, plain.StatusCode);
        Assert.Equal("https://127.0.0.1/generations?limit=3", plain.Headers.Location!.AbsoluteUri);
        Assert.Equal(HttpStatusCode.OK, probe.StatusCode);
        Assert.Equal(HttpStatusCode.OK, secure.StatusCode);
        Assert.Equal("max-age=2592000", Header(secure, "Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("VideoGen:Http:Origins", "https://app.example/path")]
    [InlineData("VideoGen:Http:Origins", "*, https://app.example")]
    [InlineData("VideoGen:Proxies", "10.0.0.0/8, nonsense")]
    [InlineData("VideoGen:Limits:Streams", "-1")]
    public async Task A_setting_that_makes_no_sense_stops_the_start(string key, string value)
    {
        var exception = await Assert.ThrowsAnyAsync<OptionsValidationException>(() => ApiHost.StartAsync((key, value)));

        Assert.Contains(key.Split(':')[^1], exception.Message, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> ForwardedAsync(HttpClient client, string proto)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health") { Headers = { Host = "videos.example" } };
        request.Headers.Add("X-Forwarded-Proto", proto);
        request.Headers.Add("X-Forwarded-For", "203.0.113.1");
        return await client.SendAsync(request);
    }

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));
}
