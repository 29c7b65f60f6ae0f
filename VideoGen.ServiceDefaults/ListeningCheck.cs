using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace VideoGen.ServiceDefaults;

internal static class ListeningCheck
{
    /// <summary>
    /// Starts and stops an empty web server on the configured addresses. The real server starts last: without this check, an
    /// error in an address, a port or a certificate would be found after the store and the silo have started, and would tear them
    /// down.
    /// </summary>
    public static async Task RunAsync(IConfiguration settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.Configuration.AddConfiguration(settings);
        builder.WebHost.UseKestrel(kestrel => kestrel.Configure(settings.GetSection("Kestrel")));
        await using var server = builder.Build();
        server.Run(StartingAsync);
        await server.StartAsync();
        await server.StopAsync();
    }

    /// <summary>Answers a client that connects during the check with a problem (RFC 9457), as the real server would.</summary>
    private static Task StartingAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "1";
        context.Response.Headers.Connection = "close";
        return context.Response.WriteAsJsonAsync(
            new
            {
                type = "https://tools.ietf.org/html/rfc9110#section-15.6.4",
                title = "Service Unavailable",
                status = StatusCodes.Status503ServiceUnavailable,
                detail = "The server is starting. Try again in a few seconds.",
                code = "unavailable",
                retryable = true,
            },
            options: null, "application/problem+json", context.RequestAborted);
    }
}
