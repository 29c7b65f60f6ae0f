using VideoGen.FakeVideos.Faults;

namespace VideoGen.FakeVideos.Videos;

/// <summary>A page of HTML, as a proxy makes it when the server behind it does not answer.</summary>
internal static class ProxyPage
{
    public static IResult For(FaultRule rule) => Results.Content(
        "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>\n<center><h1>502 Bad Gateway</h1></center>\n"
        + "<hr><center>nginx</center>\n</body>\n</html>\n",
        "text/html",
        statusCode: rule.Code ?? 502);
}
