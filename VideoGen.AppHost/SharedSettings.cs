using Microsoft.Extensions.Configuration;

namespace VideoGen.AppHost;

internal static class SharedSettings
{
    /// <summary>One data directory for all, and every VideoGen setting of the AppHost, however it was set.</summary>
    public static IResourceBuilder<ProjectResource> WithSharedSettings(
        this IResourceBuilder<ProjectResource> project, ClusterOptions options)
    {
        foreach (var (name, value) in project.ApplicationBuilder.Configuration.GetSection("VideoGen").AsEnumerable())
        {
            if (value is not null)
            {
                project.WithEnvironment(name.Replace(":", "__", StringComparison.Ordinal), value);
            }
        }

        return project
            .WithEnvironment("VideoGen__DataDirectory", options.DataDirectory)
            .WithoutHttpsCertificate();    // nothing here is https, and the dashboard would miss a certificate
    }
}
