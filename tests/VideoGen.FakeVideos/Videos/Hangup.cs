namespace VideoGen.FakeVideos.Videos;

/// <summary>Cuts the connection instead of an answer.</summary>
internal sealed class Hangup : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Abort();
        return Task.CompletedTask;
    }
}
