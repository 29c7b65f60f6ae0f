using Microsoft.Extensions.Configuration.Memory;

namespace VideoGen.AppHost;

internal static class Banner
{
    private const string Dashboard = "aspire-dashboard";

    /// <summary>
    /// Prints the dashboard's address, and the studio's once it is ready; of everything else only warnings and errors.
    /// </summary>
    public static void AddBanner(
        this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> api, ClusterOptions options)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["Logging:LogLevel:Default"] = "Warning",
                ["Logging:LogLevel:VideoGen"] = "Information",
                ["Logging:LogLevel:Aspire.Hosting.Dcp.DcpHost"] = "Error",    // it asks for a certificate; nothing uses https
                ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
                ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "Critical",    // the dashboard shows it
            },
        });
        builder.Eventing.Subscribe<ResourceReadyEvent>((ready, _) =>
        {
            if (ready.Resource is IResourceWithEndpoints { Name: Dashboard } dashboard)
            {
                var login = builder.Configuration["AppHost:BrowserToken"] is { } token ? "/login?t=" + token : "";
                Console.Out.WriteLine($"  Dashboard  {dashboard.GetEndpoint("http").Url}{login}");
            }
            else if (ready.Resource == api.Resource)
            {
                Console.Out.WriteLine($"  Studio     {api.GetEndpoint("http").Url}");
            }

            return Task.CompletedTask;
        });
        Console.Out.WriteLine(
            $"""
              VideoGen starts as a cluster: silos {options.Silos}, APIs {options.Apis}. Ctrl+C stops it.
              Data       {options.DataDirectory}
            """);
    }
}
