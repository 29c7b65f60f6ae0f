using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Backends.OpenAiVideos;

/// <summary>Registers the kind of upstream that is a server with <c>/v1/videos</c>.</summary>
internal static class OpenAiVideosRegistration
{
    public static IServiceCollection AddOpenAiVideos(this IServiceCollection services) =>
        services.AddSingleton(new BackendKind(BackendNames.OpenAiVideos, Create));

    private static OpenAiVideosBackend Create(IServiceProvider services, Upstream upstream)
    {
        var server = ActivatorUtilities.CreateInstance<VideoServer>(services, upstream);
        var probe = ActivatorUtilities.CreateInstance<ServerProbe>(services, server);
        return ActivatorUtilities.CreateInstance<OpenAiVideosBackend>(
            services,
            upstream,
            server,
            ActivatorUtilities.CreateInstance<ServerReport>(services, server, probe),
            ActivatorUtilities.CreateInstance<VideoPlanner>(services, server, probe),
            ActivatorUtilities.CreateInstance<JobFinder>(services, server),
            ActivatorUtilities.CreateInstance<VideoFetcher>(services, server));
    }
}
