using System.Text.Json.Serialization;
using ModelContextProtocol.Protocol;
using VideoGen.Api.Authentication;
using VideoGen.Api.Generations;
using VideoGen.Api.Http;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Mcp;

/// <summary>A generation as the tools show it. <paramref name="Progress"/> is a percentage.</summary>
internal sealed record McpVideo(
    string Id,
    [property: JsonConverter(typeof(SnakeCase<GenerationStatus>))] GenerationStatus Status,
    [property: JsonConverter(typeof(SnakeCase<GenerationStage>))] GenerationStage Stage,
    int? Progress,
    int? QueuePosition,
    string? WaitReason,
    string Prompt,
    int Seconds,
    string AspectRatio,
    string Quality,
    string? Model,
    bool Preview,
    bool? Sound,
    string? VideoUrl,
    string? PosterUrl,
    McpVideoError? Error,
    [property: JsonConverter(typeof(Milliseconds))] DateTimeOffset CreatedAt,
    string Next)
{
    public static McpVideo From(GenerationSnapshot generation, MediaLinks links, HttpRequest request) =>
        From(GenerationResource.From(generation, links), request);

    public static McpVideo From(GenerationResource generation, HttpRequest request)
    {
        var origin = $"{request.Scheme}://{request.Host}{request.PathBase}";
        return new McpVideo(
            generation.Id, generation.Status, generation.Stage,
            generation.Progress is { } progress ? (int)(100 * progress) : null,
            generation.QueuePosition, generation.WaitReason, generation.Script, generation.Duration, generation.AspectRatio,
            generation.Quality, generation.Model, generation.Preview, generation.Sound,
            generation.VideoUrl is { } video ? origin + video : null,
            generation.PosterUrl is { } poster ? origin + poster : null,
            generation.Error is { } error ? new McpVideoError(error.Code, error.Message, error.Retryable) : null,
            generation.CreatedAt, NextOf(generation));
    }

    public IEnumerable<ContentBlock> Links() => Status is not GenerationStatus.Completed ? [] :
    [
        new ResourceLinkBlock { Uri = VideoResources.VideoOf(Id), Name = $"{Id}.mp4", MimeType = "video/mp4" },
        new ResourceLinkBlock { Uri = VideoResources.PosterOf(Id), Name = $"{Id}.jpg", MimeType = "image/jpeg" },
    ];

    private static string NextOf(GenerationResource generation) => generation.Status switch
    {
        GenerationStatus.Completed => "The video is at video_url.",
        GenerationStatus.Failed => "error says why. Another generate_video creates another video.",
        GenerationStatus.Canceled => "The video was canceled.",
        GenerationStatus.Expired => "The files were deleted. Another generate_video creates another video.",
        _ => "Call wait_for_video with this id.",
    };
}

/// <summary>Why a video failed: a code from docs/api.md, and a message that the user can act on.</summary>
internal sealed record McpVideoError(string Code, string Message, bool Retryable);

/// <summary>A page of videos.</summary>
internal sealed record McpVideoList(IReadOnlyList<McpVideo> Videos, string? NextCursor);
