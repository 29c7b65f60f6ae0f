using Microsoft.Extensions.Configuration;

namespace VideoGen.AppHost;

internal static class DashboardAddress
{
    private const int UsualPort = 15888;
    private const string FreePort = "http://localhost:0";

    /// <summary>
    /// Unless configured otherwise, the dashboard listens on its usual port, or on a free one when that is taken, and its OTLP
    /// endpoints use free ports. It uses plain http, because it is reachable from this machine only.
    /// </summary>
    public static void UseLocalDashboard(this IDistributedApplicationBuilder builder)
    {
        var settings = new Dictionary<string, string?>
        {
            ["ASPNETCORE_URLS"] = LocalPorts.IsFree(UsualPort) ? $"http://localhost:{UsualPort}" : FreePort,
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = FreePort,
            ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = FreePort,
            ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
        };
        builder.Configuration.AddInMemoryCollection([.. settings.Where(setting => builder.Configuration[setting.Key] is null)]);
    }
}
