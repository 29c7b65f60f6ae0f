using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace VideoGen.AppHost.Supervision;

internal static class SupervisionExtensions
{
    /// <summary>Longer than the two stops that are waited for one after the other, and what Aspire does after them.</summary>
    private static readonly TimeSpan ShutdownTimeout = (2 * StopOrder.Patience) + TimeSpan.FromSeconds(60);

    /// <summary>Starts it again when it ends by itself, and adds the command that kills it to the dashboard.</summary>
    public static IResourceBuilder<T> WithSupervision<T>(this IResourceBuilder<T> resource)
        where T : ExecutableResource => resource.WithAnnotation(new SupervisedAnnotation()).WithKillCommand();

    /// <inheritdoc cref="WithSupervision{T}(IResourceBuilder{T})"/>
    public static IResourceBuilder<ProjectResource> WithSupervision(this IResourceBuilder<ProjectResource> resource) =>
        resource.WithAnnotation(new SupervisedAnnotation()).WithKillCommand();

    /// <summary>
    /// Adds what watches the resources. <paramref name="stopOrder"/> are stopped one after the other, before all others.
    /// </summary>
    public static void AddSupervision(this IDistributedApplicationBuilder builder, IReadOnlyList<IResource> stopOrder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Replicas>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);

        // They stop the other way round: nothing is started again while the rest stops, and that before Aspire ends everything.
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<StopOrder>(services, stopOrder));
        builder.Services.AddHostedService<Restarts>();
    }
}
