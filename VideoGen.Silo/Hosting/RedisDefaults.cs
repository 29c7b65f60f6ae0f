using Microsoft.Extensions.Configuration.Memory;

namespace VideoGen.Silo.Hosting;

/// <summary>
/// The Orleans block that Aspire would inject, as defaults below everything else: so a plain <c>ConnectionStrings:redis</c> and an
/// Aspire environment configure the same providers in the same way.
/// </summary>
public static class RedisDefaults
{
    /// <summary>
    /// Clients get clustering only: one that sees grain storage or reminders in its configuration fails at the start.
    /// </summary>
    public static void Add(IConfigurationManager configuration, bool isSilo, bool hasOwnClustering = false)
    {
        Dictionary<string, string?> defaults = new()
        {
            ["Orleans:ClusterId"] = "videogen",
            ["Orleans:ServiceId"] = "videogen",
        };
        AddProvider("Orleans:Clustering", !hasOwnClustering);
        AddProvider("Orleans:GrainStorage:Default", isSilo);
        AddProvider("Orleans:Reminders", isSilo);
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = defaults });

        void AddProvider(string section, bool isWanted)
        {
            // A section of the operator's own is taken whole, never mixed with ours.
            if (isWanted && !configuration.GetSection(section).Exists())
            {
                defaults[$"{section}:ProviderType"] = "Redis";
                defaults[$"{section}:ServiceKey"] = SiloComposition.RedisKey;
            }
        }
    }
}
