using Microsoft.AspNetCore.Http.Features;
using ModelContextProtocol.Protocol;
using VideoGen.Api.Authentication;
using VideoGen.Api.Generations;
using VideoGen.Api.Http;
using VideoGen.Api.RateLimiting;
using VideoGen.Api.Uploads;

namespace VideoGen.Api.Mcp;

/// <summary>Creates a video.</summary>
internal sealed class GenerateVideoTool(
    IGrainFactory grains, PictureSubmission pictures, Waiting waiting, LocalLimits limits, MediaLinks links) : VideoTool
{
    private const string Picture = "picture";
    private const string Character = "character_id";
    private const string Key = "idempotency_key";

    public override Tool Description { get; } = new()
    {
        Name = "generate_video",
        Title = "Generate a video",
        Description = "Creates a video of a character from a picture and a prompt, and returns at once with its id; rendering "
            + "takes from seconds to many minutes. COSTS MONEY where the model's provider charges: each new call creates a new "
            + "video. Always send an idempotency_key: the same call with the same key is the same video for 24 hours, so it is "
            + "safe to repeat when you got no answer.",
        InputSchema = Schema("""
            {"type":"object","required":["prompt"],"additionalProperties":false,"properties":{
            "picture":{"type":"string","description":"The picture of the character that the video begins with: a JPEG, PNG, WebP, GIF or AVIF in base64, a data URL, or the address of a picture that was uploaded to this server (/uploads/…). Other addresses are not fetched. Required without character_id."},
            "character_id":{"type":"string","description":"The id of a character from list_characters, in place of picture."},
            "prompt":{"type":"string","minLength":1,"maxLength":2000,"description":"What happens in the video."},
            "seconds":{"type":"integer","minimum":3,"maximum":10,"default":5,"description":"The length of the video."},
            "aspect_ratio":{"type":"string","enum":["1:1","16:9","9:16","4:3","3:4","21:9","source"],"default":"1:1","description":"The shape of the video, or source for the shape of the picture."},
            "quality":{"type":"string","enum":["512","768","1024"],"default":"768","description":"The short side of the video in pixels."},
            "model":{"type":"string","maxLength":64,"description":"The id of a model from list_models; without it the default."},
            "idempotency_key":{"type":"string","minLength":1,"maxLength":255,"description":"A text of your own for this video, for example a UUID, without spaces. Send the same one when you repeat the call."}}}
            """),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = true },
    };

    public override string Act => "submit";

    public override bool TakesPicture => true;

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var picture = call.Arguments.TryGetValue(Picture, out var given)
            ? PictureReference.Of(given, call.Http.Request.Host)
            : null;
        var hasCharacter = call.Arguments.ContainsKey(Character);
        var request = Read(call, hasCharacter && picture is null ? null : PictureSubmission.IdentityOf(picture), errors);
        if ((picture is null && !hasCharacter) || picture is PictureReference.Unusable)
        {
            errors.Add("characterImageUrl", picture is PictureReference.Unusable unusable
                ? unusable.Sentence
                : "picture is required: base64, a data URL, or the address of a picture that was uploaded to this server.");
        }

        var key = call.Text(Key, errors);
        if (key is not null && !IdempotencyKey.IsValid(key))
        {
            errors.Add(Key, "idempotency_key must have 1 to 255 visible ASCII characters.");
        }

        if (errors.Any)
        {
            return ToolAnswer.Of(Problem.Invalid(errors), call.Http.Response);
        }

        return limits.Take(call.Http, RequestCost.Submit, call.Owner, []) is { } limit
            ? ToolAnswer.Of(Problem.LimitReached(call.Http.Response, limit), call.Http.Response)
            : await SubmitAsync(call, request, picture, key);
    }

    private async Task<ToolAnswer> SubmitAsync(
        ToolCall call, GenerateVideoRequest request, PictureReference? picture, string? key)
    {
        // A key of a header has no spaces, so these cannot meet.
        var fingerprint = Fingerprint.OfSubmission(request);
        key ??= call.Repetition is { } repetition ? $"{repetition} {fingerprint}" : null;
        var submission = new GenerationSubmission(call.Http, grains, waiting, key, fingerprint);
        var lease = call.Http.Features.GetRequiredFeature<PictureLease>();
        var outcome = await pictures.SubmitAsync(call.Http, submission, request, picture, lease);
        return outcome.Generation is { } generation
            ? ToolAnswer.Of(
                McpVideo.From(generation, links, call.Http.Request),
                call.Http.Response.Headers.ContainsKey("Idempotency-Replayed"))
            : ToolAnswer.Of(outcome.Problem!, call.Http.Response);
    }

    private static GenerateVideoRequest Read(ToolCall call, string? pictureUrl, FieldErrors errors)
    {
        using var native = new RequestTranslation(call.Arguments);
        native.Set("characterImageUrl", pictureUrl);
        native.Copy(Character, "characterId");
        native.Copy("prompt", "script");
        native.Copy("seconds", "duration");
        native.Copy("aspect_ratio", "aspectRatio");
        native.Copy("quality", "quality");
        native.Copy("model", "model");
        return native.Read(errors);
    }
}
