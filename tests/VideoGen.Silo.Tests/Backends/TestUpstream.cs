using Microsoft.Extensions.Configuration;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Tests.Backends;

/// <summary>The models and upstreams that some settings make.</summary>
internal static class TestUpstream
{
    public static Upstream Preview { get; } = Table([]).Upstreams.Single(upstream => upstream.Name == "preview");

    public static ModelTable Table(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new ModelTable(
            Read<ModelOptions>(ModelOptions.Section), Read<HuggingFaceOptions>(HuggingFaceOptions.Section),
            Read<BackendOptions>(BackendOptions.Section), configuration);

        T Read<T>(string section) where T : new()
        {
            var options = new T();
            configuration.GetSection(section).Bind(options);
            return options;
        }
    }
}
