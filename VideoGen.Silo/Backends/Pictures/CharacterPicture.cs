using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;

namespace VideoGen.Silo.Backends.Pictures;

/// <summary>Reads the picture of an order from the media store.</summary>
internal static class CharacterPicture
{
    // Far above what intake stores: it only keeps a stray file from filling the memory.
    private const long MostBytes = 32 * 1024 * 1024;

    public static readonly GenerationError Missing = new(GenerationErrorCode.ImageMissing,
        "The character picture is not on the server any more. Upload it again and make a new video.", Retryable: false);

    public static readonly GenerationError Unreadable = new(GenerationErrorCode.InputRejected,
        "The character picture cannot be read. Upload it again and make a new video.", Retryable: false);

    public static readonly GenerationError OutOfReach = new(GenerationErrorCode.ProviderUnavailable,
        "The server's storage cannot be reached, so the order was not sent. It is sent as soon as it can.", Retryable: true);

    /// <summary>The bytes; null when there is no such picture.</summary>
    public static async Task<byte[]?> ReadAsync(this IMediaStore store, RenderRequest order, CancellationToken cancellationToken)
    {
        var name = order.Request.CharacterImage;
        if (await store.OpenAsync(MediaKind.Upload, name, cancellationToken) is not { Length: <= MostBytes } content)
        {
            return null;
        }

        await using var stream = await content.OpenRead(cancellationToken);
        var bytes = new byte[content.Length];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }
}
