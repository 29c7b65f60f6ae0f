using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace VideoGen.Api.OpenAi;

/// <summary>The query of <c>GET /v1/videos</c>. <paramref name="After"/> is the id of a generation.</summary>
internal sealed record VideoListQuery(int Limit, string? After, bool IsAscending)
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;

    public static (VideoListQuery? Query, ProblemHttpResult? Problem) Read(string? limit, string? after, string? order)
    {
        var count = DefaultLimit;
        if (!string.IsNullOrEmpty(limit)
            && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > MaxLimit))
        {
            return (null, VideoProblem.Invalid("limit", "limit must be a whole number from 1 to 100."));
        }

        string? id = null;
        if (!string.IsNullOrEmpty(after) && !VideoId.TryRead(after, out id))
        {
            return (null, VideoProblem.Invalid("after", "after must be the id of a video."));
        }

        return order is null or "" or "desc" or "asc"
            ? (new VideoListQuery(count, id, order == "asc"), null)
            : (null, VideoProblem.Invalid("order", "order must be asc or desc."));
    }
}
