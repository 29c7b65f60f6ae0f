namespace VideoGen.FakeHub.Router;

internal static class RouterEndpoints
{
    private const string Closed =
        "https://api-inference.huggingface.co is no longer supported. Please use https://router.huggingface.co instead.";

    public static void MapRouter(this WebApplication app)
    {
        var router = app.MapGroup("/router").AddEndpointFilter(Access.NumberAsync).AddEndpointFilter(Access.RequireTokenAsync);
        router.MapGroup("/fal-ai").AddEndpointFilter(RequireQueueAsync).MapFalAi();
        router.MapGroup("/wavespeed").MapWaveSpeed();
        router.MapGroup("/together").MapTogether();
        router.MapGroup("/novita").MapNovita();

        // The same providers as those see them who call with a provider's key: the host name becomes the first segment.
        var direct = app.MapGroup("").AddEndpointFilter(Access.RequireTokenAsync);
        direct.MapGroup("/queue.fal.run").MapFalAi();
        direct.MapGroup("/api.wavespeed.ai").MapWaveSpeed();
        direct.MapGroup("/api.together.xyz").MapTogether();
        direct.MapGroup("/api.novita.ai").MapNovita();

        app.MapPost("/api-inference.huggingface.co/{**path}", () => Refusals.Error(410, Closed));
    }

    /// <summary>Without <c>?_subdomain=queue</c> the router calls another host of fal, which knows no queue.</summary>
    private static async ValueTask<object?> RequireQueueAsync(EndpointFilterInvocationContext it, EndpointFilterDelegate next) =>
        it.HttpContext.Request.Query["_subdomain"] == "queue" ? await next(it) : Refusals.For(404, "fal-ai");
}
