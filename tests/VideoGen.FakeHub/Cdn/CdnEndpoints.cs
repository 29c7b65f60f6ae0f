using VideoGen.FakeHub.Jobs;
using VideoGen.FakeHub.Requests;
using VideoGen.FakeHub.Router;

namespace VideoGen.FakeHub.Cdn;

internal static class CdnEndpoints
{
    public static void MapCdn(this WebApplication app)
    {
        app.MapMethods("/cdn/{provider}/{id}.mp4", [HttpMethods.Get, HttpMethods.Head], GetFilm);
        app.MapGet("/shrt/{id}", GetShort);
    }

    private static IResult GetFilm(
        string id, long? expires, string? signature, HttpContext context,
        JobBoard jobs, CdnLinks links, Films films, TimeProvider time)
    {
        if (expires is null || signature is null || !links.Admits(context.Request.Path, expires.Value, signature))
        {
            return Xml(403, "AccessDenied", "Request has expired");
        }

        if (jobs.Update(id, job => job with { Downloads = job.Downloads + 1 }) is not { } job)
        {
            return Xml(404, "NoSuchKey", "The specified key does not exist.");
        }

        context.Concerns(id);
        return FilmDelivery.For(job, films, time);
    }

    private static IResult GetShort(string id, HttpContext context, JobBoard jobs, CdnLinks links) =>
        jobs.Find(id) is { } job ? Results.Redirect(links.For(context, job)) : Xml(404, "NoSuchKey", "The link does not exist.");

    internal static Answer Xml(int status, string code, string message) => new(
        status, "application/xml", $"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>");
}
