using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using VideoGen.Api.Authentication;
using VideoGen.Api.Generations;
using VideoGen.Api.Http;
using VideoGen.Api.Uploads;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Mcp;

/// <summary>The finished videos and their posters as resources, for hosts that read them through the protocol.</summary>
internal sealed class VideoResources(
    IGrainFactory grains, IMediaStore media, UploadLimiter limiter, MediaLinks links, IHttpContextAccessor http)
{
    private const string Videos = "videogen://videos/";
    private const string Posters = "videogen://posters/";

    /// <summary>A resource is sent as one message, in base64. Larger ones have an address.</summary>
    private const int MaxBytes = 16 * 1024 * 1024;

    private const int Listed = 20;

    public static string VideoOf(string id) => Videos + id;

    public static string PosterOf(string id) => Posters + id;

    public static ValueTask<ListResourceTemplatesResult> ListTemplatesAsync() => new(new ListResourceTemplatesResult
    {
        ResourceTemplates =
        [
            new() { Name = "video", Title = "A finished video", UriTemplate = Videos + "{id}", MimeType = "video/mp4" },
            new() { Name = "poster", Title = "The poster of a video", UriTemplate = Posters + "{id}", MimeType = "image/jpeg" },
        ],
    });

    /// <summary>The newest finished videos of the caller.</summary>
    public async Task<ListResourcesResult> ListAsync()
    {
        var query = new GenerationListQuery(new PageQuery(Listed, null), [GenerationStatus.Completed]);
        var page = await GenerationList.ReadAsync(grains, http.HttpContext!.Caller().Owner, query, links);
        return new ListResourcesResult { Resources = [.. page.Items.SelectMany(ResourcesOf)] };
    }

    public async Task<ReadResourceResult> ReadAsync(string uri, CancellationToken cancellationToken)
    {
        var isPoster = uri.StartsWith(Posters, StringComparison.Ordinal);
        var id = isPoster ? uri[Posters.Length..] : uri.StartsWith(Videos, StringComparison.Ordinal) ? uri[Videos.Length..] : "";
        var own = await OwnGeneration.FindAsync(http.HttpContext!, grains, id);
        var name = isPoster ? own?.Found.Film?.Poster : own?.Found.Film?.Video;
        if (name is null || await media.OpenAsync(MediaKind.Video, name, cancellationToken) is not { } content)
        {
            throw new McpProtocolException(
                "There is no such video, or it is not finished. get_video says more.", McpErrorCode.ResourceNotFound);
        }

        if (content.Length > MaxBytes)
        {
            throw new McpProtocolException(
                "The video is larger than 16 MB. Download it from the video_url that get_video returns.",
                McpErrorCode.InvalidRequest);
        }

        // The memory that uploads share: the answer has the file twice, as bytes and in base64.
        using var lease = await limiter.EnterAsync(content.Length, cancellationToken) ?? throw new McpProtocolException(
            "The server is busy. Read it again in a few seconds, or download it from its video_url.", McpErrorCode.InternalError);
        var bytes = new byte[content.Length];
        await using (var stream = await content.OpenRead(cancellationToken))
        {
            await stream.ReadExactlyAsync(bytes, cancellationToken);
        }

        return new ReadResourceResult
        {
            Contents = [BlobResourceContents.FromBytes(bytes, uri, isPoster ? "image/jpeg" : "video/mp4")],
        };
    }

    private static IEnumerable<Resource> ResourcesOf(GenerationResource video) =>
    [
        new()
        {
            Uri = VideoOf(video.Id), Name = $"{video.Id}.mp4", Title = TitleOf(video), MimeType = "video/mp4",
            Size = video.Film?.Bytes,
        },
        new() { Uri = PosterOf(video.Id), Name = $"{video.Id}.jpg", Title = TitleOf(video), MimeType = "image/jpeg" },
    ];

    private static string TitleOf(GenerationResource video) =>
        video.Script.Length <= 60 ? video.Script : string.Concat(video.Script.AsSpan(0, 59), "…");
}
