using System.Globalization;
using System.Text.Json.Serialization;
using VideoGen.Api.Authentication;
using VideoGen.Api.Generations;
using VideoGen.Api.Http;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Storyboards.Contract;

namespace VideoGen.Api.Storyboards;

/// <summary>
/// A storyboard with its shots. Media URLs are relative to the root of this server. VideoUrl is the joined video, which stays
/// while a shot is regenerated; Error says why the storyboard failed.
/// </summary>
internal sealed record StoryboardResource(
    string Id,
    string Title,
    string CharacterId,
    int CharacterVersion,
    string? Model,
    string AspectRatio,
    string Quality,
    bool Sound,
    TransitionRequest Transition,
    [property: JsonConverter(typeof(SnakeCase<StoryboardStatus>))] StoryboardStatus Status,
    double? Progress,
    string? WaitReason,
    IReadOnlyList<ShotResource> Shots,
    string? VideoUrl,
    string? PosterUrl,
    FilmResource? Film,
    IReadOnlyList<ChapterResource> Chapters,
    bool Preview,
    GenerationErrorResource? Error,
    ExpiryResource? Expiry,
    [property: JsonConverter(typeof(Milliseconds))] DateTimeOffset CreatedAt,
    [property: JsonConverter(typeof(Milliseconds))] DateTimeOffset UpdatedAt,
    long Version) : IAuditedResource
{
    public static StoryboardResource From(StoryboardSnapshot storyboard, MediaLinks links)
    {
        var settings = storyboard.Settings;
        return new(
            storyboard.Id, settings.Title, settings.Character.Id, settings.Character.Version, settings.Model,
            settings.AspectRatio ?? Grains.Generations.Contract.AspectRatio.Square,
            settings.Side.ToString(CultureInfo.InvariantCulture), !settings.IsSilent,
            TransitionRequest.From(settings.Transition), storyboard.Status, storyboard.Progress,
            storyboard.WaitReason,
            [.. storyboard.Shots.Select((shot, index) => ShotResource.From(index + 1, shot, links))],
            storyboard.Film is { } video ? links.To("/videos/" + video.Video) : null,
            storyboard.Film is { } poster ? links.To("/videos/" + poster.Poster) : null,
            FilmResource.From(storyboard.Film),
            [.. storyboard.Chapters.Select((start, index) => new ChapterResource(index + 1, start))],
            storyboard.IsPreview, GenerationErrorResource.From(storyboard.Error),
            ExpiryResource.From(storyboard.Expiry), storyboard.CreatedAt, storyboard.UpdatedAt,
            storyboard.Version);
    }
}

/// <summary>Where a shot begins in the joined video.</summary>
internal sealed record ChapterResource(int Shot, double StartSeconds);

/// <summary>
/// A shot, numbered from 1. GenerationId is the generation that makes or made it, whose log and cost are its own.
/// StartImageUrl is the picture that it started from, and StartedFrom the generation whose last frame that is. Error is about
/// the newest generation; where an earlier one has made the video, the shot is completed all the same.
/// </summary>
internal sealed record ShotResource(
    int Number,
    string Id,
    string Script,
    int Duration,
    [property: JsonConverter(typeof(SnakeCase<ShotStart>))] ShotStart Start,
    string? ImageUrl,
    string? Model,
    TransitionRequest? Transition,
    string? GenerationId,
    [property: JsonConverter(typeof(SnakeCase<ShotStatus>))] ShotStatus Status,
    [property: JsonConverter(typeof(SnakeCase<GenerationStage>))] GenerationStage? Stage,
    double? Progress,
    int? QueuePosition,
    string? WaitReason,
    string? VideoUrl,
    string? PosterUrl,
    bool Preview,
    string? StartImageUrl,
    string? StartedFrom,
    GenerationErrorResource? Error)
{
    public static ShotResource From(int number, ShotSnapshot shot, MediaLinks links) => new(
        number, shot.Id, shot.Plan.Script, shot.Plan.DurationSeconds, shot.Plan.Start,
        shot.Plan.Picture is { } picture ? links.To(Uploads.CharacterImageUrl.Of(picture)) : null,
        shot.Plan.Model, shot.Plan.Transition is { } own ? TransitionRequest.From(own) : null, shot.GenerationId, shot.Status,
        shot.Stage, shot.Progress, shot.QueuePosition, shot.WaitReason,
        shot.Video is { } video ? links.To("/videos/" + video.Video) : null,
        shot.Video is { } poster ? links.To("/videos/" + poster.Poster) : null,
        shot.IsPreview, shot.StartPicture is { } start ? links.To(Uploads.CharacterImageUrl.Of(start)) : null, shot.StartedFrom,
        GenerationErrorResource.From(shot.Error));
}
