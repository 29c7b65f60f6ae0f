using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using VideoGen.Api.Generations;
using VideoGen.Api.Http;
using VideoGen.Grains.Storyboards.Contract;

namespace VideoGen.Api.Storyboards;

/// <summary>The body of <c>POST /storyboards</c>. Unknown fields are ignored.</summary>
internal sealed record StoryboardRequest(
    [property: Required, StringLength(StoryboardLimits.MaxTitle, MinimumLength = 1), Description("The title.")]
    string Title,
    [property: Required, StringLength(36), Description("The id that POST /characters returned.")]
    string CharacterId,
    [property: Required, MinLength(1), MaxLength(StoryboardLimits.MaxShots), Description("The shots in their order.")]
    IReadOnlyList<ShotRequest> Shots,
    [property: StringLength(GenerateVideoRequest.MaxModel)]
    [property: Description("The id of a model from GET /models for all shots; without it the default.")]
    string? Model = null,
    [property: AllowedValues("1:1", "16:9", "9:16", "4:3", "3:4", "21:9", "source"), DefaultValue("1:1")]
    [property: Description("The shape of the video, or source for the shape of the character's front picture.")]
    string? AspectRatio = null,
    [property: AllowedValues("512", "768", "1024"), DefaultValue("768")]
    [property: Description("The short side of the video in pixels.")]
    string? Quality = null,
    [property: DefaultValue(true), Description("false removes the sound that the models make.")]
    bool? Sound = null,
    [property: Description("The transition between shots that have none of their own.")]
    TransitionRequest? Transition = null,
    [property: StringLength(GenerateVideoRequest.MaxWebhookUrl)]
    [property: Description("The URL that receives a signed webhook when the storyboard completes, fails or is canceled.")]
    string? WebhookUrl = null);

/// <summary>The body of <c>PATCH /storyboards/{id}</c>: what is to be different. A list of shots replaces the old one.</summary>
internal sealed record StoryboardPatch(
    [property: StringLength(StoryboardLimits.MaxTitle, MinimumLength = 1)] string? Title = null,
    [property: StringLength(36)] string? CharacterId = null,
    [property: MinLength(1), MaxLength(StoryboardLimits.MaxShots)] IReadOnlyList<ShotRequest>? Shots = null,
    [property: StringLength(GenerateVideoRequest.MaxModel)] string? Model = null,
    [property: AllowedValues("1:1", "16:9", "9:16", "4:3", "3:4", "21:9", "source")] string? AspectRatio = null,
    [property: AllowedValues("512", "768", "1024")] string? Quality = null,
    bool? Sound = null,
    TransitionRequest? Transition = null,
    [property: StringLength(GenerateVideoRequest.MaxWebhookUrl)] string? WebhookUrl = null);

/// <summary>One shot.</summary>
internal sealed record ShotRequest(
    [property: Required, StringLength(GenerateVideoRequest.MaxScript, MinimumLength = 1)]
    [property: Description("What happens in the shot. Must not be blank.")]
    string Script,
    [property: Range(GenerateVideoRequest.MinDuration, GenerateVideoRequest.MaxDuration), DefaultValue(5)]
    [property: Description("The length of the shot in seconds.")]
    int? Duration = null,
    [property: JsonConverter(typeof(SnakeCase<ShotStart>)), DefaultValue(ShotStart.Character)]
    [property: Description("What the shot starts from: the character's front picture, a picture of its own, or the last frame of "
        + "the previous shot (at most three in a row).")]
    ShotStart? Start = null,
    [property: Description("The imageUrl that POST /upload-character returned, where start is picture.")]
    string? ImageUrl = null,
    [property: StringLength(GenerateVideoRequest.MaxModel)]
    [property: Description("The id of a model from GET /models; without it that of the storyboard.")]
    string? Model = null,
    [property: Description("The transition from the previous shot into this one; without it that of the storyboard.")]
    TransitionRequest? Transition = null);

/// <summary>The body of <c>PATCH …/shots/{n}</c> and of regenerate: what is to be different.</summary>
internal sealed record ShotPatch(
    [property: StringLength(GenerateVideoRequest.MaxScript, MinimumLength = 1)] string? Script = null,
    [property: Range(GenerateVideoRequest.MinDuration, GenerateVideoRequest.MaxDuration)] int? Duration = null,
    [property: JsonConverter(typeof(SnakeCase<ShotStart>))] ShotStart? Start = null,
    string? ImageUrl = null,
    [property: StringLength(GenerateVideoRequest.MaxModel)] string? Model = null,
    TransitionRequest? Transition = null);

/// <summary>A hard cut or a cross-fade, whose seconds are 0.25 to 1.</summary>
internal sealed record TransitionRequest(
    [property: Required, AllowedValues("cut", "crossfade")] string Type,
    [property: Range(StoryboardLimits.MinFade, StoryboardLimits.MaxFade), DefaultValue(0.5)]
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    double? Seconds = null)
{
    public static TransitionRequest From(ShotTransition transition) =>
        transition.Seconds == 0 ? new("cut") : new("crossfade", transition.Seconds);
}
