using System.Globalization;
using System.Text.Json;
using VideoGen.Api.Http;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Generations;

/// <summary>Reads the optional fields of a request, which a backend may or may not support.</summary>
internal static class Wishes
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
