using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using VideoGen.Api.Uploads;

namespace VideoGen.Api.Generations;

/// <summary>
/// Identifies a request by its parsed content: whitespace, unknown fields and the order of fields do not matter. It is a hash, so
/// that neither keys nor scripts are stored for it.
/// </summary>
internal static class Fingerprint
{
    public static string OfSubmission(GenerateVideoRequest request) => Hash(
        [.. "generate-video:"u8, .. JsonSerializer.SerializeToUtf8Bytes(
            request with { CharacterImageUrl = CharacterImageUrl.WithoutQuery(request.CharacterImageUrl) },
            GenerationJson.Default.GenerateVideoRequest)]);

    public static string OfRegeneration(string id) => Of("regenerate:" + id);

    public static string Of(string text) => Hash(Encoding.UTF8.GetBytes(text));

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
