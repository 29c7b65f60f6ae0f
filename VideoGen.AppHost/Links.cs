using System.Security.Cryptography;

namespace VideoGen.AppHost;

/// <summary>The links that the dashboard shows for a resource.</summary>
internal static class Links
{
    private const string DashboardToken = "VideoGen:Dashboard:Token";

    /// <summary>
    /// Puts all API replicas behind one port, with links to the studio, the API documentation and the readiness probe.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithStudioLinks(this IResourceBuilder<ProjectResource> api, int port)
    {
        // Aspire.Hosting.Testing gives every endpoint a free port.
        if (api.ApplicationBuilder.Configuration["DcpPublisher:RandomizePorts"] is not "true" && !LocalPorts.IsFree(port))
        {
            throw new LaunchException($"Port {port} is in use by another program. Stop it, or set PORT to a free port.");
        }

        return api
            .WithEndpoint("http", endpoint => endpoint.Port = port)
            .WithUrlForEndpoint("http", url => url.DisplayText = "Studio")
            .WithLink("/docs", "API documentation")
            .WithLink("/ready", "Ready");
    }

    /// <summary>
    /// Enables the Orleans dashboard with a new token per start, unless the settings have one. The link contains it as the
    /// password that the browser would ask for; only users who are logged in to the Aspire dashboard see the link.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithOperatorDashboard(this IResourceBuilder<ProjectResource> silo)
    {
        var builder = silo.ApplicationBuilder;
        var token = builder.Configuration[DashboardToken] is { Length: > 0 } given
            ? given
            : RandomNumberGenerator.GetHexString(32, lowercase: true);
        var parameter = builder.AddParameter("orleans-dashboard-token", token, secret: true);
        return silo
            .WithEnvironment("VideoGen__Dashboard__Token", parameter)
            .WithEndpoint("http", endpoint => endpoint.Port = null)    // several clusters may run on one machine
            .WithUrlForEndpoint("http", endpoint => new ResourceUrlAnnotation
            {
                Url = new UriBuilder(endpoint.Url) { UserName = "operator", Password = token, Path = "/dashboard/" }.ToString(),
                DisplayText = "Orleans dashboard",
            })
            .WithLink("/ready", "Ready")
            .WithUrls(urls => urls.Urls.RemoveAll(url => url.DisplayText is null));    // Orleans ports, and a root without a page
    }

    private static IResourceBuilder<ProjectResource> WithLink(
        this IResourceBuilder<ProjectResource> project, string path, string text) =>
        project.WithUrlForEndpoint("http", _ => new ResourceUrlAnnotation { Url = path, DisplayText = text });
}
