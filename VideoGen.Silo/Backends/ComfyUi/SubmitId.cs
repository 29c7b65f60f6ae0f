using System.Security.Cryptography;
using System.Text;
using VideoGen.Grains.Backends;

namespace VideoGen.Silo.Backends.ComfyUi;

/// <summary>
/// The id that a job gets from us: a UUID (RFC 9562, version 8) that follows from the generation and the attempt. Each attempt
/// has its own, because two runs of one id could not be told apart.
/// </summary>
internal static class SubmitId
{
    public static string Of(RenderRequest request) => Of(request.GenerationId, request.Attempt);

    public static string Of(string generationId, int attempt)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"videogen/{generationId}/{attempt}")).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }

    /// <summary>
    /// A seed that follows from the attempt, for an order without one: a graph with equal inputs is not run again.
    /// </summary>
    public static long SeedOf(RenderRequest request)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"seed/{request.GenerationId}/{request.Attempt}"));
        return BitConverter.ToUInt32(hash) & int.MaxValue;
    }
}
