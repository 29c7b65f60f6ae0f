namespace VideoGen.Silo.Hosting;

/// <summary>What a silo does in a pod.</summary>
internal static class KubernetesHosting
{
    /// <summary>
    /// Takes name and address from the pod, and counts silos out as soon as their pods are deleted. Only where the manifest gives
    /// the pod its name (<c>POD_NAME</c>): this asks the API server about pods, which needs a role that not every pod has.
    /// </summary>
    public static ISiloBuilder UsePodIdentity(this ISiloBuilder silo) =>
        silo.Configuration["KUBERNETES_SERVICE_HOST"] is { Length: > 0 } && silo.Configuration["POD_NAME"] is { Length: > 0 }
            ? silo.UseKubernetesHosting()
            : silo;
}
