using System.Diagnostics.CodeAnalysis;

namespace VideoGen.Api.OpenAi;

/// <summary>The id of a generation in this dialect: <c>video_</c> and the 32 hexadecimal digits of its UUID.</summary>
internal static class VideoId
{
    private const string Prefix = "video_";

    public static string Of(string generationId) => $"{Prefix}{Guid.Parse(generationId):N}";

    /// <summary>Reads an id with or without the prefix, as 32 digits or as a UUID.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out string? generationId)
    {
        var digits = text?.StartsWith(Prefix, StringComparison.Ordinal) is true ? text[Prefix.Length..] : text;
        generationId = Guid.TryParseExact(digits, "N", out var id) || Guid.TryParseExact(digits, "D", out id)
            ? id.ToString()
            : null;
        return generationId is not null;
    }
}
