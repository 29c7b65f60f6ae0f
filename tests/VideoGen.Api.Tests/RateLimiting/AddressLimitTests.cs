using System.Net;
using System.Net.Http.Headers;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.RateLimiting;

/// <summary>
/// What one process counts by owner and by client address. The addresses are told by a proxy, which is this test.
/// </summary>
public sealed class AddressLimitTests
{
    private const string Nobody = """{"characterImageUrl":"/uploads/none.jpg","script":"She waves."}""";
    private static readonly (string, string) Proxy = ("VideoGen:Proxies", "127.0.0.1,10.0.0.0/8");

    [Fact]
    public async Task An_address_orders_so_many_films_in_a_minute_and_others_are_not_touched()
    {
        await using var api = await ApiHost.StartAsync(Proxy, ("VideoGen:Limits:AddressSubmitsPerMinute", "2"));
        await OrderAsync(api, "203.0.113.1", HttpStatusCode.UnprocessableEntity);
        await OrderAsync(api, "203.0.113.1", HttpStatusCode.UnprocessableEntity);

        var problem = await OrderAsync(api, "203.0.113.1", HttpStatusCode.TooManyRequests);
        await OrderAsync(api, WrongKeyLimiterTests.NotSharingWith("203.0.113.1"), HttpStatusCode.UnprocessableEntity);

        Assert.InRange(int.Parse(problem), 1, 60);
    }

    [Fact]
    public async Task What_a_client_claims_of_itself_in_front_of_the_proxies_does_not_count()
    {
        await using var api = await ApiHost.StartAsync(Proxy, ("VideoGen:Limits:AddressSubmitsPerMinute", "1"));
        await OrderAsync(api, "198.51.100.1, 203.0.113.1, 10.1.2.3", HttpStatusCode.UnprocessableEntity);

        await OrderAsync(api, "198.51.100.2, 203.0.113.1, 10.9.9.9", HttpStatusCode.TooManyRequests);
    }

    /// <summary>
    /// The framework believes everybody when it is told to by <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c>, which Aspire sets.
    /// </summary>
    [Theory]
    [InlineData("VideoGen:Proxies", "10.0.0.0/8")]
    [InlineData("ForwardedHeaders_Enabled", "true")]
    public async Task A_stranger_who_says_for_whom_he_asks_is_not_believed(string setting, string value)
    {
        await using var api = await ApiHost.StartAsync((setting, value), ("VideoGen:Limits:AddressSubmitsPerMinute", "1"));

        // This test is on loopback, which is not counted: it would be, if it were believed.
        await OrderAsync(api, "203.0.113.1", HttpStatusCode.UnprocessableEntity);
        await OrderAsync(api, "203.0.113.1", HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Uploads_have_so_many_bytes_an_hour_for_an_owner_and_the_rest_is_not_even_read()
    {
        var two = Client.Picture.Length * 5 / 2;
        await using var api = await ApiHost.StartAsync(("VideoGen:Limits:UploadBytesPerHour", $"{two}"));
        using var first = await api.Client.UploadAsync(Client.Picture);
        using var second = await api.Client.UploadAsync(Client.Picture);

        using var third = await api.Client.UploadAsync(Client.Picture);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        var problem = await third.ProblemAsync(HttpStatusCode.TooManyRequests, "limit_reached");
        Assert.Equal("uploads", problem.Text("limit"));
        Assert.Contains($"\"uploads\";q={two};qu=\"content-bytes\";w=3600", third.Headers.GetValues("RateLimit-Policy"));
        Assert.NotNull(third.Headers.RetryAfter);
    }

    [Theory]
    [InlineData("Streams", null, "streams")]
    [InlineData("AddressStreams", "203.0.113.1", "address-streams")]
    public async Task Streams_are_so_many_at_a_time_and_one_that_closes_makes_room(string setting, string? address, string name)
    {
        await using var api = await ApiHost.StartAsync(Proxy, ($"VideoGen:Limits:{setting}", "1"));
        if (address is not null)
        {
            api.Client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        }

        var first = await OpenAsync(api);
        using var refused = await OpenAsync(api);
        first.Dispose();

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(name, (await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "limit_reached")).Text("limit"));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            using var next = await OpenAsync(api);
            if (next.StatusCode == HttpStatusCode.OK)
            {
                return;
            }

            await Task.Delay(20, patience.Token);    // the server has to notice that the client is gone
        }
    }

    [Fact]
    public async Task A_read_that_prefers_to_wait_and_may_not_is_answered_at_once()
    {
        await using var api = await ApiHost.StartAsync(("VideoGen:Limits:Streams", "1"));
        using var ordered = await api.Client.GenerateAsync();
        var id = (await ordered.JsonAsync()).Text("id");
        using var stream = await OpenAsync(api);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/generation/{id}");
        request.Headers.Add("Prefer", "wait=60");

        using var response = await api.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Preference-Applied"));
    }

    [Fact]
    public async Task An_order_that_prefers_to_wait_and_may_not_is_answered_at_once()
    {
        await using var api = await ApiHost.StartAsync(("VideoGen:Limits:Streams", "1"));
        using var stream = await OpenAsync(api);
        api.Client.DefaultRequestHeaders.Add("Prefer", "wait=2");

        using var response = await api.Client.GenerateAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Preference-Applied"));
    }

    [Fact]
    public async Task An_order_that_waits_takes_the_place_of_a_stream_until_it_is_answered()
    {
        await using var api = await ApiHost.StartAsync(("VideoGen:Limits:Streams", "1"));
        api.Client.DefaultRequestHeaders.Add("Prefer", "wait=60");
        var order = api.Client.GenerateAsync();
        await Eventually.TrueAsync(() => api.Hub.Topics.Count == 1, "The order does not wait.");

        using var refused = await OpenAsync(api);
        api.Change(Snapshots.Completed(api.Hub.Topics.Single().GenerationId!));
        using var response = await order;

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (refused.StatusCode, response.StatusCode));
        await Eventually.TrueAsync(
            async () =>
            {
                using var next = await OpenAsync(api);
                return next.StatusCode == HttpStatusCode.OK;
            },
            "The order keeps its place.");
    }

    /// <summary>Sends an order that is wrong, which costs as much; returns when to come again.</summary>
    private static async Task<string> OrderAsync(ApiHost api, string forwardedFor, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/generate-video")
        {
            Content = new StringContent(Nobody, MediaTypeHeaderValue.Parse("application/json")),
        };
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        using var response = await api.Client.SendAsync(request);
        Assert.Equal(expected, response.StatusCode);
        return response.Headers.RetryAfter?.ToString() ?? "";
    }

    private static Task<HttpResponseMessage> OpenAsync(ApiHost api) =>
        api.Client.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead);
}
