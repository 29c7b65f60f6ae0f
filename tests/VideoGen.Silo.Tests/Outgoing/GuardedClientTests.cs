using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Silo.Outgoing;
using VideoGen.Silo.Tests.Backends;

namespace VideoGen.Silo.Tests.Outgoing;

/// <summary>
/// The whole client over real sockets: one server at 127.0.0.2, which is allowed, and a canary at 127.0.0.1, which is not.
/// </summary>
public sealed class GuardedClientTests : IAsyncDisposable
{
    private readonly RawServer _server = new("127.0.0.2");
    private readonly RawServer _canary = new();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _canary.DisposeAsync();
    }

    [Theory]
    [InlineData("https://127.0.0.1:{0}/", "NotPublic")]
    [InlineData("https://localhost:{0}/", "NotPublic")]
    [InlineData("https://[::ffff:127.0.0.1]:{0}/", "NotPublic")]
    [InlineData("https://2130706433:{0}/", "NotPublic")]
    [InlineData("https://0x7f.1:{0}/", "NotPublic")]
    [InlineData("https://169.254.169.254/latest/meta-data/", "NotPublic")]
    [InlineData("https://[fd00:ec2::254]/latest/meta-data/", "NotPublic")]
    [InlineData("http://127.0.0.1:{0}/", "NotHttps")]
    [InlineData("http://169.254.169.254/latest/meta-data/", "NotHttps")]
    [InlineData("file:///etc/passwd", "NotHttps")]
    [InlineData("gopher://127.0.0.1:{0}/_GET%20/", "NotHttps")]
    [InlineData("ftp://127.0.0.1:{0}/", "NotHttps")]
    [InlineData("/again", "Circle")]
    public async Task A_redirect_reaches_nothing_that_the_first_address_could_not(string to, string refusal)
    {
        var location = string.Format(null, to, _canary.Port);
        _server.Answer = _ =>
            Task.FromResult<string?>($"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
        await using var services = Compose("127.0.0.2", mostRedirects: 3);

        var refused = await Assert.ThrowsAsync<OutgoingRefusedException>(() => GetAsync(services, _server.Url));

        Assert.Equal(refusal, refused.Refusal.ToString());
        Assert.Equal(0, _canary.Connections);
        Assert.Equal(refusal == "Circle" ? 4 : 1, _server.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_that_is_allowed_is_followed_without_the_credentials_of_the_first()
    {
        _server.Answer = _ => Task.FromResult<string?>(
            $"HTTP/1.1 307 Found\r\nLocation: http://localhost:{_canary.Port}/film\r\nContent-Length: 0\r\n\r\n");
        _canary.Answer = _ => Task.FromResult<string?>(RawServer.Ok("{}"));
        await using var services = Compose("127.0.0.0/8", mostRedirects: 1);
        using var request = new HttpRequestMessage(HttpMethod.Get, _server.Url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "secret");

        using var answer = await ClientOf(services).SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("secret", Assert.Single(_server.Requests).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", Assert.Single(_canary.Requests).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_follows_nothing_gives_the_redirect_back()
    {
        _server.Answer = _ => Task.FromResult<string?>(
            $"HTTP/1.1 302 Found\r\nLocation: {_canary.Url}\r\nContent-Length: 0\r\n\r\n");
        await using var services = Compose("127.0.0.0/8", mostRedirects: 0);

        using var answer = await GetAsync(services, _server.Url);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(0, _canary.Connections);
    }

    private static ServiceProvider Compose(string allow, int mostRedirects)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            [KeyValuePair.Create<string, string?>($"{OutgoingOptions.Section}:Allow", allow)]).Build());
        services.AddGuardedClient("test", mostRedirects);
        return services.BuildServiceProvider();
    }

    private static HttpClient ClientOf(ServiceProvider services) =>
        services.GetRequiredService<IHttpClientFactory>().CreateClient("test");

    private static Task<HttpResponseMessage> GetAsync(ServiceProvider services, string url) =>
        ClientOf(services).GetAsync(new Uri(url));
}
