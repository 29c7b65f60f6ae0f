using System.Text.Json;
using VideoGen.Api.Generations;
using VideoGen.Api.Http;
using VideoGen.Grains.Storyboards.Contract;

namespace VideoGen.Api.Storyboards;

/// <summary>
/// The idempotency key of a request to a storyboard, which remembers it itself: the same request with the same key is carried out
/// once.
/// </summary>
internal static class StoryboardKey
{
    /// <summary>Null without a key. Requests differ by their action, which includes the shot, and by their body.</summary>
    public static UsedKey? Read(HttpContext context, string action, JsonElement body, FieldErrors errors) =>
        IdempotencyKey.Read(context.Request, errors) is { } key
            ? new UsedKey(
                Fingerprint.Of(key),
                Fingerprint.Of($"{action} {(body.ValueKind is JsonValueKind.Undefined ? "" : Content(body))}"))
            : null;

    /// <summary>What a body means: without white space, and with its fields in order.</summary>
    private static string Content(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', json.EnumerateObject()
            .OrderBy(field => field.Name, StringComparer.Ordinal).Select(field => $"{field.Name}:{Content(field.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', json.EnumerateArray().Select(Content))}]",
        JsonValueKind.String => $"\"{json.AsText()}\"",
        _ => json.GetRawText(),
    };
}
