using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VideoGen.Api.Http;
using VideoGen.Api.RateLimiting;

namespace VideoGen.Api.Tests.RateLimiting;

public sealed class WrongKeyLimiterTests : IDisposable
{
    private readonly LocalLimits _limits =
        new(Options.Create(new LimitOptions { WrongKeysPerMinute = 3 }), Options.Create(new UploadOptions()));

    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddProblemDetails().BuildServiceProvider();
    private int _checked;

    [Fact]
    public async Task An_address_that_guesses_is_turned_away_before_its_key_is_looked_at_and_others_are_not()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(401, (await AskAsync("203.0.113.1", "wrong")).StatusCode);
        }

        var refused = await AskAsync("203.0.113.1", "right");

        Assert.Equal((429, 3), (refused.StatusCode, _checked));
        Assert.True(int.Parse(refused.Headers.RetryAfter!) is >= 1 and <= 60);
        Assert.Equal(200, (await AskAsync(NotSharingWith("203.0.113.1"), "right")).StatusCode);
        Assert.Equal(200, (await AskAsync("203.0.113.1", null)).StatusCode);
    }

    [Fact]
    public async Task Right_keys_and_loopback_are_not_counted()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(200, (await AskAsync("203.0.113.3", "right")).StatusCode);
            Assert.Equal(401, (await AskAsync("127.0.0.1", "wrong")).StatusCode);
        }
    }

    [Theory]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::1", true)]
    [InlineData("::ffff:203.0.113.1", "203.0.113.1", true)]
    [InlineData("203.0.113.1", "203.0.113.1", true)]
    public void Addresses_of_one_customer_share_a_counter(string one, string other, bool isShared) => Assert.Equal(
        isShared, ClientAddress.CounterOf(IPAddress.Parse(one)) == ClientAddress.CounterOf(IPAddress.Parse(other)));

    [Fact]
    public void Any_number_of_addresses_has_a_bounded_number_of_counters()
    {
        var counters = Enumerable.Range(0, 100_000)
            .Select(i => ClientAddress.CounterOf(IPAddress.Parse($"2001:db8:{i >> 16:x}:{i & 0xffff:x}::1"))).Distinct().Count();

        Assert.InRange(counters, 2, 4096);
    }

    /// <summary>
    /// Counters are shared by a hash that is another one in every process: here is an address that has its own.
    /// </summary>
    internal static string NotSharingWith(string address) => Enumerable.Range(1, 254).Select(i => $"198.51.100.{i}")
        .First(other => ClientAddress.CounterOf(IPAddress.Parse(other)) != ClientAddress.CounterOf(IPAddress.Parse(address)));

    public void Dispose()
    {
        _limits.Dispose();
        _services.Dispose();
    }

    private async Task<HttpResponse> AskAsync(string address, string? key)
    {
        var context = new DefaultHttpContext { RequestServices = _services };
        context.Features.Set<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>(new BodySize());
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        context.Response.Body = new MemoryStream();
        if (key is not null)
        {
            context.Request.Headers["X-API-Key"] = key;
        }

        await new WrongKeyLimiter(CheckAsync, _limits).InvokeAsync(context);
        return context.Response;
    }

    private Task CheckAsync(HttpContext context)
    {
        _checked++;
        context.Response.StatusCode = context.Request.Headers["X-API-Key"] == "wrong" ? 401 : 200;
        return Task.CompletedTask;
    }

    private sealed class BodySize : Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => false;

        public long? MaxRequestBodySize { get; set; }
    }
}
