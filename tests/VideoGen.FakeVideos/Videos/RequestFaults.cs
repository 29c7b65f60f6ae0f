using VideoGen.FakeVideos.Dialects;
using VideoGen.FakeVideos.Faults;
using VideoGen.FakeVideos.Jobs;

namespace VideoGen.FakeVideos.Videos;

/// <summary>The faults that all requests but a create have in common.</summary>
internal sealed class RequestFaults(JobStore jobs, FaultBook faults, VideosSettingsBoard settings)
{
    public async ValueTask<object?> FilterAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next, VideosRoute route)
    {
        var id = context.HttpContext.GetRouteValue("id") as string;
        var prompt = id is null ? null : jobs.Find(id)?.Request.Prompt;
        var before = faults.Take(
            route, prompt, read: false, FaultKind.DropRequestBefore, FaultKind.Unauthorized, FaultKind.BadGateway);
        if (before is not null)
        {
            return before.Fault switch
            {
                FaultKind.DropRequestBefore => new Hangup(),
                FaultKind.BadGateway => ProxyPage.For(before),
                _ => DialectShape.Of(settings.Current.Dialect).Unauthorized(),
            };
        }

        if (prompt is not null && faults.Take(route, prompt, FaultKind.NotFound) is not null)
        {
            return DialectShape.Of(settings.Current.Dialect).Error(404, "Video not found");
        }

        var result = await next(context);
        return faults.Take(route, prompt, FaultKind.DropRequestAfter) is null ? result : new Hangup();
    }
}
