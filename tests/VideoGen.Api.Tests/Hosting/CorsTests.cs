using System.Net;

namespace VideoGen.Api.Tests.Hosting;

public sealed class CorsTests
{
    [Theory]
    [InlineData("GET", "/health", HttpStatusCode.OK)]
    [InlineData("GET", "/generations", HttpStatusCode.OK)]
    [InlineData("GET", "/generation/unknown", HttpStatusCode.NotFound)]
    [InlineData("GET", "/no/such/path", HttpStatusCode.NotFound)]
    [InlineData("GET", "/uploads/unknown.jpg", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/health", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/generate-video", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/openapi.json", HttpStatusCode.OK)]
    public async Task Every_answer_is_readable_from_another_origin(string method, string path, HttpStatusCode expected)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await SendAsync(api, method, path);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task A_failure_of_the_server_is_readable_from_another_origin()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Trouble = new InvalidOperationException("broken");

        using var response = await SendAsync(api, "GET", "/generations");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task A_preflight_allows_the_methods_and_headers_of_clients(string method)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await SendAsync(api, "OPTIONS", "/api/generate-video",
            ("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", "content-type,x-anything"));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Contains(method, response.Headers.GetValues("Access-Control-Allow-Methods").SelectMany(value => value.Split(',')));
        Assert.Equal("content-type,x-anything", response.Headers.GetValues("Access-Control-Allow-Headers").Single());
    }

    [Fact]
    public async Task Scripts_of_other_origins_may_read_the_headers_that_matter()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await SendAsync(api, "GET", "/generations");

        Assert.Equal(
            "Location,ETag,Retry-After,Link,Content-Range,Idempotency-Replayed,Preference-Applied,RateLimit-Policy,RateLimit",
            response.Headers.GetValues("Access-Control-Expose-Headers").Single());
    }

    private static async Task<HttpResponseMessage> SendAsync(
        ApiHost api, string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Origin", "https://app.example");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await api.Client.SendAsync(request);
    }
}
