using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using VideoGen.Silo.Hosting;

namespace VideoGen.Silo.Tests.Hosting;

public sealed class KubernetesHostingTests
{
    [Theory]
    [InlineData("10.96.0.1", "silo-5d9f", true)]
    [InlineData("10.96.0.1", null, false)]    // no manifest of ours, so perhaps no role either
    [InlineData(null, "silo-5d9f", false)]
    public void A_silo_is_a_pod_where_the_manifest_gives_it_a_name(string? host, string? pod, bool isPod)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["KUBERNETES_SERVICE_HOST"] = host,
            ["POD_NAME"] = pod,
        });

        builder.AddVideoGenSilo();

        Assert.Equal(isPod, builder.Services.Any(
            service => service.ServiceType == typeof(IConfigureOptions<SiloOptions>)
                && service.ImplementationType?.Namespace == "Orleans.Hosting.Kubernetes"));
    }
}
