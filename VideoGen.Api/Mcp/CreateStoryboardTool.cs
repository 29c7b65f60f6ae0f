using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Api.RateLimiting;
using VideoGen.Api.Storyboards;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Storyboards.Contract;

namespace VideoGen.Api.Mcp;

/// <summary>Creates a storyboard and renders it.</summary>
internal sealed class CreateStoryboardTool(
    IGrainFactory grains, StoryboardCreation creation, LocalLimits limits, MediaLinks links) : VideoTool
{
    private const string Key = "idempotency_key";

    private static readonly Dictionary<string, string> NativeNames = new(StringComparer.Ordinal)
    {
        ["character_id"] = "characterId",
        ["aspect_ratio"] = "aspectRatio",
        ["prompt"] = "script",
        ["seconds"] = "duration",
        ["picture"] = "imageUrl",
    };

    public override Tool Description { get; } = new()
    {
        Name = "create_storyboard",
        Title = "Create a storyboard",
        Description = "Makes one video of several shots with the same character, and returns at once; use get_storyboard to "
            + "follow its progress. COSTS MONEY where the model's provider charges: each shot is a video. Always send an "
            + "idempotency_key. Nothing is rendered if an argument is wrong, or if the queue or the quota has no room for all "
            + "shots.",
        InputSchema = Schema("""
            {"type":"object","required":["title","character_id","shots"],"additionalProperties":false,"properties":{
            "title":{"type":"string","minLength":1,"maxLength":200},
            "character_id":{"type":"string","description":"The id of a character, from list_characters."},
            "shots":{"type":"array","minItems":1,"maxItems":24,"items":{"type":"object","required":["prompt"],"additionalProperties":false,"properties":{
            "prompt":{"type":"string","minLength":1,"maxLength":2000,"description":"What happens in the shot."},
            "seconds":{"type":"integer","minimum":3,"maximum":10,"default":5},
            "start":{"type":"string","enum":["character","picture","previous"],"default":"character","description":"What it starts from: the character, a picture, or the last frame of the previous shot (at most three in a row)."},
            "picture":{"type":"string","description":"The address of an uploaded picture, where start is picture."},
            "transition":{"type":"object","description":"Into this shot: {\"type\":\"cut\"} or {\"type\":\"crossfade\",\"seconds\":0.5}."}}}},
            "aspect_ratio":{"type":"string","enum":["1:1","16:9","9:16","4:3","3:4","21:9","source"],"default":"1:1"},
            "quality":{"type":"string","enum":["512","768","1024"],"default":"768","description":"The short side in pixels."},
            "model":{"type":"string","maxLength":64,"description":"The id of a model from list_models; without it the default."},
            "idempotency_key":{"type":"string","minLength":1,"maxLength":255,"description":"A text of your own for this storyboard, for example a UUID, without spaces. Send the same one when you repeat the call."}}}
            """),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = true },
    };

    public override string Act => "create_storyboard";

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        if (limits.Take(call.Http, RequestCost.Submit, call.Owner, []) is { } limit)
        {
            return ToolAnswer.Of(Problem.LimitReached(call.Http.Response, limit), call.Http.Response);
        }

        var errors = new FieldErrors();
        var key = call.Text(Key, errors);
        if (key is not null && !IdempotencyKey.IsValid(key))
        {
            errors.Add(Key, "idempotency_key must have 1 to 255 visible ASCII characters.");
        }

        using var native = JsonDocument.Parse(Translated(call.Arguments).ToJsonString());
        var (created, problem) = await creation.CreateAsync(call.Http, native.RootElement, key ?? call.Repetition, errors);
        if (created is null)
        {
            return ToolAnswer.Of(problem!, call.Http.Response, ToolFields.OfStoryboards);
        }

        var own = new OwnStoryboard(grains.Grain<IStoryboardGrain>(created.Id), created);
        var (reply, refused) = await creation.StartAsync(call.Http, own, null);
        refused ??= reply is null ? StoryboardProblem.NotFound() : StoryboardProblem.Of(call.Http.Response, reply);
        return refused is null
            ? McpStoryboard.Answer(
                reply!.Storyboard, links, call.Http.Request, isReplayed: created.Status is not StoryboardStatus.Draft)
            : ToolAnswer.Of(refused, call.Http.Response);    // the draft stays: the same call starts it later
    }

    /// <summary>The arguments with the names of the native API.</summary>
    private static JsonObject Translated(IReadOnlyDictionary<string, JsonElement> arguments)
    {
        var native = new JsonObject();
        foreach (var (name, value) in arguments)
        {
            native[NativeNames.GetValueOrDefault(name, name)] = name is "shots" && value.ValueKind is JsonValueKind.Array
                ? new JsonArray([.. value.EnumerateArray().Select(Shot)])
                : JsonNode.Parse(value.GetRawText());
        }

        return native;
    }

    private static JsonNode? Shot(JsonElement shot)
    {
        if (shot.ValueKind is not JsonValueKind.Object)
        {
            return JsonNode.Parse(shot.GetRawText());
        }

        var native = new JsonObject();
        foreach (var field in shot.EnumerateObject())
        {
            native[NativeNames.GetValueOrDefault(field.Name, field.Name)] = JsonNode.Parse(field.Value.GetRawText());
        }

        return native;
    }
}
