using System.Text.Json;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Silo.Webhooks;

/// <summary>The body of a storyboard's webhook: how it ended, and where the joined video is.</summary>
internal sealed record StoryboardWebhookBody(string Type, string Timestamp, EndedStoryboard Data)
{
    public static byte[] Of(string storyboardId, WebhookEvent ended)
    {
        var data = new EndedStoryboard(
            storyboardId, ended.Type[(ended.Type.IndexOf('.') + 1)..], ended.Version, ended.IsPreview,
            ended.Film is { } video ? "/videos/" + video.Video : null,
            ended.Film is { } poster ? "/videos/" + poster.Poster : null,
            ended.Film is { } file ? new EndedVideo(file.DurationSeconds, file.Width, file.Height, file.Bytes) : null,
            ended.Error is { } error ? new EndedError(error.Code, error.Message, error.Retryable) : null);
        return JsonSerializer.SerializeToUtf8Bytes(
            new StoryboardWebhookBody(ended.Type, WebhookBody.Milliseconds(ended.At), data),
            WebhookJson.Readable.StoryboardWebhookBody);
    }
}

/// <summary>The fields have the same names and meaning as in the API.</summary>
internal sealed record EndedStoryboard(
    string Id, string Status, long Version, bool Preview, string? VideoUrl, string? PosterUrl, EndedVideo? Film,
    EndedError? Error);
