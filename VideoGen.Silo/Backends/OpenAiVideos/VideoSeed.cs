using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using VideoGen.Grains.Backends;

namespace VideoGen.Silo.Backends.OpenAiVideos;

/// <summary>
/// The seed of a request without one. SGLang renders every request without a seed with 1024, so that the same script and picture
/// would give the same video again and again.
/// </summary>
internal static class VideoSeed
{
    /// <summary>31 bits that every process derives alike from the generation and the attempt.</summary>
    public static uint Of(RenderRequest request)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{request.GenerationId}/{request.Attempt}"));
        return BinaryPrimitives.ReadUInt32BigEndian(hash) & int.MaxValue;
    }
}
