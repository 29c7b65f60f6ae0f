using Microsoft.Extensions.Configuration;

namespace VideoGen.AppHost;

internal static class SharedSettings
{
    /// <summary>Passes one data directory and every VideoGen setting of the AppHost to all processes.</summary>
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
            .WithoutHttpsCertificate();    // nothing here uses https, and the dashboard would report a missing certificate
    }
}
