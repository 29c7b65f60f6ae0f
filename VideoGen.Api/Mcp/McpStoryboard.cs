using VideoGen.Api.Authentication;
using VideoGen.Api.Storyboards;
using VideoGen.Grains.Storyboards.Contract;

namespace VideoGen.Api.Mcp;

/// <summary>A storyboard as agents see it. Addresses are absolute.</summary>
internal sealed record McpStoryboard(
    string Id, string Title, string Status, double? Progress, IReadOnlyList<McpShot> Shots, string? VideoUrl, double? Seconds,
    string? Error)
{
    public static ToolAnswer Answer(
        StoryboardSnapshot storyboard, MediaLinks links, HttpRequest request, bool isReplayed = false)
    {
        var resource = StoryboardResource.From(storyboard, links);
        var origin = $"{request.Scheme}://{request.Host}";
        var document = new McpStoryboard(
            resource.Id, resource.Title, storyboard.Status.ToString().ToLowerInvariant(), resource.Progress,
            [
                .. resource.Shots.Select(shot => new McpShot(
                    shot.Number, shot.Script, shot.Duration, shot.Status.ToString().ToLowerInvariant(), shot.GenerationId,
                    shot.WaitReason, shot.Error?.Message)),
            ],
            resource.VideoUrl is { } url ? origin + url : null, resource.Film?.DurationSeconds, resource.Error?.Message);
        return ToolAnswer.Of(document, McpJson.Readable.McpStoryboard, resource.Id, isReplayed);
    }
}

/// <summary>A shot; its video is that of <paramref name="VideoId"/>, for get_video.</summary>
internal sealed record McpShot(
    int Number, string Prompt, int Seconds, string Status, string? VideoId, string? WaitReason, string? Error);
