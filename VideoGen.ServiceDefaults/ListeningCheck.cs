using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace VideoGen.ServiceDefaults;

internal static class ListeningCheck
{
    /// <summary>
    /// Lets a web server without an application listen as the real one is told to, and stops it again. The real one starts last:
    /// what is wrong with an address, a port or a certificate would be found when store and silo are up, and would tear them
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

    /// <summary>The answer to a client that came in that moment.</summary>
    private static Task StartingAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "1";
        context.Response.Headers.Connection = "close";
        return Task.CompletedTask;
    }
}
