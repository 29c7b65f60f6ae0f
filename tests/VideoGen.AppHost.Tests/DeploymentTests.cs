using Aspire.Hosting.ApplicationModel;
using k8s;
using k8s.Models;
using VideoGen.AppHost.Supervision;
using VideoGen.Testing;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace VideoGen.AppHost.Tests;

/// <summary>AppHost, compose and Kubernetes give each process the same settings, but for those that are named here.</summary>
public sealed class DeploymentTests : IDisposable
{
    /// <summary>The dashboard of Orleans is on here by itself, and the APIs of compose stand behind a proxy.</summary>
    private static readonly string[] OnlyHere = ["VideoGen__Dashboard__Token"];

    private static readonly string[] OnlyInCompose = ["VideoGen__Proxies"];

    private readonly TemporaryDirectory _data = new();

    [Theory]
    [InlineData("silo")]
    [InlineData("api")]
    public async Task A_process_gets_the_same_settings_from_all_of_them(string name)
    {
        var builder = await Model.CreateAsync(_data, "--redis", "process");

        var here = Settings((await builder.EnvironmentOf(name)).Keys).Except(OnlyHere);
        var compose = Settings(Mapping(Service(name), "environment").Keys.Cast<string>()).Except(OnlyInCompose);
        var kubernetes = Settings(Deployment(name).Spec.Template.Spec.Containers.Single().Env.Select(setting => setting.Name));

        Assert.Equal(here.Order(), compose.Order());
        Assert.Equal(here.Order(), kubernetes.Order());
        Assert.Equal(name == "silo", here.Contains("HF_TOKEN"));    // only silos speak to providers
    }

    [Theory]
    [InlineData("silo", 3)]
    [InlineData("api", 2)]
    public async Task As_many_replicas_are_probed_and_given_time_to_stop(string name, int replicas)
    {
        var builder = await Model.CreateAsync(_data, "--redis", "process");
        var (service, deployment) = (Service(name), Deployment(name).Spec);

        var here = builder.Resources.Single(resource => resource.Name == name);
        Assert.Equal(replicas, here.Annotations.OfType<ReplicaAnnotation>().Single().Replicas);
        Assert.Equal($"{replicas}", Mapping(service, "deploy")["replicas"]);
        Assert.Equal(name == "silo" ? replicas : null, deployment.Replicas);    // APIs are scaled by themselves

        Assert.Contains("http://127.0.0.1:8080/ready", (List<object>)Mapping(service, "healthcheck")["test"]);
        Assert.Equal("/ready", deployment.Template.Spec.Containers.Single().ReadinessProbe.HttpGet.Path);

        Assert.True(StopOrder.StopTimeout >= TimeSpan.FromSeconds(140));
        Assert.Equal("140s", service["stop_grace_period"]);
        Assert.True(deployment.Template.Spec.TerminationGracePeriodSeconds >= 140);
    }

    [Fact]
    public async Task The_cluster_has_the_same_ids_everywhere()
    {
        var builder = await Model.CreateAsync(_data, "--redis", "process");

        var environment = await builder.EnvironmentOf("silo");
        var labels = Deployment("silo").Spec.Template.Metadata.Labels;

        Assert.Equal(labels["orleans/clusterId"], environment["Orleans__ClusterId"]);
        Assert.Equal(labels["orleans/serviceId"], environment["Orleans__ServiceId"]);
    }

    public void Dispose() => _data.Dispose();

    /// <summary>Of ours and of the store; what telemetry, the orchestrator and Orleans' integration add differs.</summary>
    private static string[] Settings(IEnumerable<string> names) =>
    [
        .. names.Where(name => name is "HF_TOKEN" or "ConnectionStrings__redis"
            || name.StartsWith("VideoGen__", StringComparison.Ordinal)),
    ];

    private static Dictionary<object, object> Service(string name)
    {
        using var file = File.OpenText(ProductProcess.InSolution("deploy", "compose.yaml"));
        var compose = new DeserializerBuilder().Build()
            .Deserialize<Dictionary<object, object>>(new MergingParser(new Parser(file)));
        return Mapping(Mapping(compose, "services"), name);
    }

    private static Dictionary<object, object> Mapping(Dictionary<object, object> node, string key) =>
        (Dictionary<object, object>)node[key];

    private static V1Deployment Deployment(string name)
    {
        var manifest = File.ReadAllText(ProductProcess.InSolution("deploy", "kubernetes", "base", name + ".yaml"));
        return KubernetesYaml.LoadAllFromString(manifest, strict: true).OfType<V1Deployment>().Single();
    }
}
