using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using VideoGen.Api.Uploads;

namespace VideoGen.Api.Generations;

/// <summary>
/// Tells the same request from another one, by what was understood of it: spaces, unknown fields and the order of fields do not
/// count. It is a hash, because neither keys nor scripts are kept for it.
/// </summary>
internal static class Fingerprint
{
    public static string OfOrder(GenerateVideoRequest request) => Hash(
        [.. "generate-video:"u8, .. JsonSerializer.SerializeToUtf8Bytes(
            request with { CharacterImageUrl = CharacterImageUrl.WithoutQuery(request.CharacterImageUrl) },
            GenerationJson.Default.GenerateVideoRequest)]);

    public static string OfRegeneration(string id) => Of("regenerate:" + id);

    public static string Of(string text) => Hash(Encoding.UTF8.GetBytes(text));

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
