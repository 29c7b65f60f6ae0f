using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace VideoGen.AppHost.Supervision;

internal static class SupervisionExtensions
{
    /// <summary>Longer than the two stops that follow each other, plus what Aspire does after them.</summary>
    private static readonly TimeSpan ShutdownTimeout = (2 * StopOrder.StopTimeout) + TimeSpan.FromSeconds(60);

    /// <summary>Restarts the resource when it exits by itself, and adds the dashboard command that kills it.</summary>
    public static IResourceBuilder<T> WithSupervision<T>(this IResourceBuilder<T> resource)
        where T : ExecutableResource => resource.WithAnnotation(new SupervisedAnnotation()).WithKillCommand();

    /// <inheritdoc cref="WithSupervision{T}(IResourceBuilder{T})"/>
    public static IResourceBuilder<ProjectResource> WithSupervision(this IResourceBuilder<ProjectResource> resource) =>
        resource.WithAnnotation(new SupervisedAnnotation()).WithKillCommand();

    /// <summary>
    /// Adds the services that watch the resources. The resources in <paramref name="stopOrder"/> are stopped one after the other,
    /// before all others.
    /// </summary>
    public static void AddSupervision(this IDistributedApplicationBuilder builder, IReadOnlyList<IResource> stopOrder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Replicas>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);

        // Hosted services stop in reverse order: restarts end first, then these resources stop, then Aspire stops everything.
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<StopOrder>(services, stopOrder));
        builder.Services.AddHostedService<Restarts>();
    }
}
