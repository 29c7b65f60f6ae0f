using k8s;
using k8s.Models;

namespace VideoGen.Silo.Tests.Deployment;

/// <summary>The manifests of deploy/kubernetes as the API server would read them.</summary>
public sealed class ManifestTests
{
    private static readonly string Base = Repository.PathOf("deploy/kubernetes/base");

    [Fact]
    public void Manifests_have_no_field_that_Kubernetes_does_not_know() => Assert.NotEmpty(Objects());

    [Theory]
    [InlineData("silo")]
    [InlineData("api")]
    public void A_pod_is_probed_outlasts_a_submit_and_can_not_change_its_image(string name)
    {
        var pod = Objects().OfType<V1Deployment>().Single(deployment => deployment.Metadata.Name == name).Spec.Template.Spec;
        var container = Assert.Single(pod.Containers);

        Assert.Equal(("/ready", "/alive"), (container.ReadinessProbe.HttpGet.Path, container.LivenessProbe.HttpGet.Path));
        Assert.True(pod.TerminationGracePeriodSeconds >= 120);
        Assert.True(pod.SecurityContext.RunAsNonRoot is true && container.SecurityContext.ReadOnlyRootFilesystem is true);
        Assert.Contains(container.Env, setting => setting.Name == "VideoGen__DataDirectory" && setting.Value == "/data");
    }

    [Fact]
    public void Silos_may_watch_their_pods_and_are_told_which_they_are()
    {
        var silo = Objects().OfType<V1Deployment>().Single(deployment => deployment.Metadata.Name == "silo").Spec.Template;
        var rule = Assert.Single(Assert.Single(Objects().OfType<V1Role>()).Rules);

        Assert.Equal("silo", silo.Spec.ServiceAccountName);
        Assert.Equal(["get", "list", "watch"], rule.Verbs);
        Assert.Equal("videogen", silo.Metadata.Labels["orleans/serviceId"]);
        Assert.Equal("videogen", silo.Metadata.Labels["orleans/clusterId"]);
        Assert.Equal(
            ["POD_NAME", "POD_NAMESPACE", "POD_IP"], silo.Spec.Containers[0].Env.Take(3).Select(setting => setting.Name));
    }

    private static List<object> Objects() =>
    [
        .. Directory.GetFiles(Base, "*.yaml").Where(file => Path.GetFileName(file) != "kustomization.yaml")
            .SelectMany(file => KubernetesYaml.LoadAllFromString(File.ReadAllText(file), strict: true)),
    ];
}
