using System.Globalization;
using System.Text.Json;
using VideoGen.Api.Http;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Generations;

/// <summary>
/// Reads the optional fields of <see cref="GenerateVideoRequest"/>; a missing one is null, and an invalid one an error.
/// </summary>
internal static class OptionalFields
{
    public static uint? ReadSeed(JsonElement? value, FieldErrors errors)
    {
        var text = value is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : value?.AsText();
        if (value is null || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seed)
            && seed is >= 0 and <= uint.MaxValue && double.IsInteger(seed)))
        {
            return value is null ? null : (uint)double.Parse(text!, NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        errors.Add("seed", "seed must be a whole number from 0 to 4294967295.");
        return null;
    }

    public static string? ReadNegativePrompt(JsonElement? value, FieldErrors errors)
    {
        var text = value?.AsText();
        if (value is null || text?.EnumerateRunes().Count() <= GenerateVideoRequest.MaxNegativePrompt)
        {
            return string.IsNullOrWhiteSpace(text) ? null : text;
        }

        errors.Add("negativePrompt", "negativePrompt must be a string of at most 1,000 characters.");
        return null;
    }

    public static string? ReadWebhookUrl(JsonElement? value, FieldErrors errors)
    {
        if (value is not null && value.Value.AsText() is null)
        {
            errors.Add("webhookUrl", "webhookUrl must be a string: the https URL that receives the webhook.");
        }

        return value?.AsText();
    }

    public static string? ReadAspectRatio(JsonElement? value, FieldErrors errors)
    {
        var name = value?.AsText();
        if (value is not null && name is not AspectRatio.Source && (name is null || AspectRatio.Of(name) is null))
        {
            errors.Add("aspectRatio", $"aspectRatio must be {string.Join(", ", AspectRatio.Fixed)} or source.");
        }

        return name;
    }

    public static Fit? ReadFit(JsonElement? value, FieldErrors errors)
    {
        switch (value?.AsText())
        {
            case "cover":
                return Fit.Cover;
            case "contain":
                return Fit.Contain;
        }

        if (value is not null)
        {
            errors.Add("fit", "fit must be \"cover\" or \"contain\".");
        }

        return null;
    }

    public static bool? ReadSound(JsonElement? value, FieldErrors errors)
    {
        switch (value?.ValueKind)
        {
            case null:
                return null;
            case JsonValueKind.True or JsonValueKind.False:
                return value.Value.GetBoolean();
            default:
                errors.Add("sound", "sound must be true or false.");
                return null;
        }
    }

    public static string? ReadModel(JsonElement? value, FieldErrors errors)
    {
        var id = value?.AsText();
        if (value is null || id?.Length <= GenerateVideoRequest.MaxModel)
        {
            return string.IsNullOrWhiteSpace(id) ? null : id;
        }

        errors.Add("model", "model must be a string: the id of a model from GET /models.");
        return null;
    }

    public static string? ReadCharacterId(JsonElement? value, FieldErrors errors)
    {
        var id = value?.AsText();
        if (value is null || Guid.TryParseExact(id, "D", out _))
        {
            return id;
        }

        errors.Add("characterId", "characterId must be the id of one of your characters.");
        return "";
    }

    public static Motion? ReadMotion(JsonElement? value, FieldErrors errors)
    {
        switch (value?.AsText())
        {
            case "low":
                return Motion.Low;
            case "medium":
                return Motion.Medium;
            case "high":
                return Motion.High;
        }

        if (value is not null)
        {
            errors.Add("motion", "motion must be \"low\", \"medium\" or \"high\".");
        }

        return null;
    }
}
