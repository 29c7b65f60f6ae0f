namespace VideoGen.Silo.Hosting;

/// <summary>Kubernetes support for a silo that runs in a pod.</summary>
internal static class KubernetesHosting
{
    /// <summary>
    /// Takes name and address from the pod, and removes silos from the cluster as soon as their pods are deleted. Only enabled
    /// where the manifest passes the pod's name (<c>POD_NAME</c>): this queries the Kubernetes API for pods, which requires a
    /// role that not every pod has.
    /// </summary>
    public static ISiloBuilder UsePodIdentity(this ISiloBuilder silo) =>
        silo.Configuration["KUBERNETES_SERVICE_HOST"] is { Length: > 0 } && silo.Configuration["POD_NAME"] is { Length: > 0 }
            ? silo.UseKubernetesHosting()
            : silo;
}
