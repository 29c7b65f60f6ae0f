using System.Text.Json;
using VideoGen.Api.Authentication;
using VideoGen.Api.Generations;
using VideoGen.Api.Http;
using VideoGen.Api.Uploads;
using VideoGen.Grains.Media;
using VideoGen.Grains.Storyboards.Contract;

namespace VideoGen.Api.Storyboards;

/// <summary>Reads and checks a shot; errors name the shot.</summary>
internal sealed class ShotReader(UploadLibrary uploads, IGrainFactory grains)
{
    private const double DefaultFade = 0.5;

    /// <summary>
    /// Reads the fields that are there over those of <paramref name="basis"/>, which is null for a new shot. <paramref
    /// name="index"/> counts from 0, null where the request is about one shot only.
    /// </summary>
    public async Task<ShotPlan> ReadAsync(
        HttpContext context, JsonElement json, ShotPlan? basis, int? index, FieldErrors errors)
    {
        var own = new FieldErrors();
        var plan = json.ValueKind is JsonValueKind.Object
            ? await ReadAsync(context, json, basis, own)
            : new ShotPlan("", 0, ShotStart.Character);
        if (json.ValueKind is not JsonValueKind.Object)
        {
            own.Add("", "A shot must be a JSON object.");
        }

        foreach (var (field, sentences) in own.ByField)
        {
            errors.Add(
                index is null ? field : field.Length == 0 ? $"shots[{index}]" : $"shots[{index}].{field}",
                index is null ? sentences[0] : $"Shot {index + 1}: {sentences[0]}");
        }

        return plan;
    }

    /// <summary>Reads a transition; null where there is none.</summary>
    public static ShotTransition? ReadTransition(JsonElement? value, FieldErrors errors)
    {
        if (value is null)
        {
            return null;
        }

        var json = value.Value;
        var type = json.ValueKind is JsonValueKind.Object ? json.Field("type")?.AsText() : null;
        if (type is "cut")
        {
            return ShotTransition.Cut;
        }

        var given = type is "crossfade" ? json.Field("seconds") : null;
        var seconds = given is null ? DefaultFade
            : given.Value.ValueKind is JsonValueKind.Number && given.Value.TryGetDouble(out var number) ? number
            : double.NaN;
        if (type is "crossfade" && seconds is >= StoryboardLimits.MinFade and <= StoryboardLimits.MaxFade)
        {
            return new ShotTransition(seconds);
        }

        errors.Add("transition",
            "transition must be {\"type\":\"cut\"} or {\"type\":\"crossfade\",\"seconds\":0.5}, with 0.25 to 1 seconds.");
        return null;
    }

    private async Task<ShotPlan> ReadAsync(HttpContext context, JsonElement json, ShotPlan? basis, FieldErrors errors)
    {
        var (script, duration, start) = (json.Field("script"), json.Field("duration"), ReadStart(json.Field("start"), errors));
        var model = OptionalFields.ReadModel(json.Field("model"), errors);
        if (model is not null && !errors.ByField.ContainsKey("model"))
        {
            model = (await ChosenModel.FindAsync(grains, model, errors))?.Id;
        }

        return new ShotPlan(
            script is null && basis is not null ? basis.Script : GenerateVideoRequest.ReadScript(script, errors),
            duration is null && basis is not null
                ? basis.DurationSeconds
                : GenerateVideoRequest.ReadDuration(duration, errors),
            start ?? basis?.Start ?? ShotStart.Character,
            await ReadPictureAsync(context, json.Field("imageUrl"), start ?? basis?.Start, basis?.Picture, errors),
            model ?? (json.IsNull("model") ? null : basis?.Model),
            ReadTransition(json.Field("transition"), errors) ?? (json.IsNull("transition") ? null : basis?.Transition));
    }

    private static ShotStart? ReadStart(JsonElement? value, FieldErrors errors)
    {
        switch (value?.AsText())
        {
            case "character":
                return ShotStart.Character;
            case "picture":
                return ShotStart.Picture;
            case "previous":
                return ShotStart.Previous;
        }

        if (value is not null)
        {
            errors.Add("start", "start must be \"character\", \"picture\" or \"previous\".");
        }

        return null;
    }

    private async Task<string?> ReadPictureAsync(
        HttpContext context, JsonElement? value, ShotStart? start, string? basis, FieldErrors errors)
    {
        if (start is not ShotStart.Picture)
        {
            if (value is not null)
            {
                errors.Add("imageUrl", "imageUrl is allowed only where start is \"picture\".");
            }

            return null;
        }

        var name = value is null ? basis : CharacterImageUrl.NameIn(value.Value.AsText() ?? "", context.Request.Host);
        if (name is null || !MediaOwner.Owns(context.Caller().Owner, name)
            || !await uploads.HoldAsync(name, context.RequestAborted))
        {
            errors.Add("imageUrl", "imageUrl must name a picture that you uploaded to this server.");
        }

        return name;
    }
}
