using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using VideoGen.Testing;

namespace VideoGen.AppHost.Tests;

/// <summary>The model of the AppHost, as its program makes it from arguments.</summary>
internal static class Model
{
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(TemporaryDirectory data, params string[] arguments) =>
        DistributedApplicationTestingBuilder.CreateAsync<Projects.VideoGen_AppHost>(
            ["--VideoGen:DataDirectory=" + data.Path, "--Parameters:hf-token=" + Hub.Token, .. arguments]);

    /// <summary>The environment that a resource gets, with references as expressions: <c>{redis-password.value}</c>.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> EnvironmentOf(
        this IDistributedApplicationBuilder builder, string resource)
    {
        var owner = (IResourceWithEnvironment)builder.Resources.Single(other => other.Name == resource);
#pragma warning disable CS0618 // the replacement needs an execution context with services, which only a built application has
        return await owner.GetEnvironmentVariableValuesAsync(DistributedApplicationOperation.Publish);
#pragma warning restore CS0618
    }
}
