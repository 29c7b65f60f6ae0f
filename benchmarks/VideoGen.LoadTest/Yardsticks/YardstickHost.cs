using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace VideoGen.LoadTest.Yardsticks;

/// <summary>
/// The bare frameworks, in the shape of our cluster: a process with a silo, and one with a web server and a client of it. What
/// they need for a request is what ours cannot get below.
/// </summary>
internal static class YardstickHost
{
    private const string Cluster = "yardstick";

    private static readonly byte[] Json = Encoding.ASCII.GetBytes($$"""{"id":"{{Guid.Empty}}","text":"{{new string('x', 600)}}"}""");

    /// <summary>Runs one of the two until it is killed.</summary>
    public static Task RunAsync(ReadOnlySpan<string> arguments) => arguments switch
    {
        ["silo", var siloPort, var gatewayPort] => RunSiloAsync(Port(siloPort), Port(gatewayPort)),
        ["api", var url, var gatewayPort] => RunApiAsync(url, Port(gatewayPort)),
        _ => throw new ArgumentException("Only for the scenario limits."),
    };

    private static Task RunSiloAsync(int siloPort, int gatewayPort)
    {
        var builder = Builder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.UseOrleans(silo => silo.UseLocalhostClustering(siloPort, gatewayPort, null, Cluster, Cluster));
        return builder.Build().RunAsync();
    }

    private static Task RunApiAsync(string url, int gatewayPort)
    {
        var builder = Builder();
        builder.WebHost.UseUrls(url);
        builder.UseOrleansClient(client => client
            .UseLocalhostClustering(gatewayPort, Cluster, Cluster)
            .Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(10))
            .UseConnectionRetryFilter(async (_, stop) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(0.2), stop);
                return true;
            }));
        var app = builder.Build();
        app.MapGet("/bare", () => Results.Bytes(Json, "application/json"));
        app.MapGet("/grain/{id}", async (string id, IGrainFactory grains) =>
            Results.Text((await grains.GetGrain<IEchoGrain>(id).GetAsync()).Text));
        return app.RunAsync();
    }

    private static WebApplicationBuilder Builder()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        return builder;
    }

    private static int Port(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
