using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;

namespace VideoGen.Silo.Backends.Pictures;

/// <summary>Reads the picture of a request from the media store.</summary>
internal static class CharacterPicture
{
    // Far above what intake stores; it only keeps a stray file from filling the memory.
    private const long MostBytes = 32 * 1024 * 1024;

    public static readonly GenerationError Missing = new(GenerationErrorCode.ImageMissing,
        "The character picture is no longer on the server. Upload it again and create a new video.", Retryable: false);

    public static readonly GenerationError Unreadable = new(GenerationErrorCode.InputRejected,
        "The character picture cannot be read. Upload it again and create a new video.", Retryable: false);

    public static readonly GenerationError OutOfReach = new(GenerationErrorCode.ProviderUnavailable,
        "The server's storage cannot be reached, so the request was not sent. "
        + "It will be sent as soon as it can be.", Retryable: true);

    /// <summary>The bytes of the picture; null when it does not exist.</summary>
    public static Task<byte[]?> ReadAsync(
        this IMediaStore store, RenderRequest request, CancellationToken cancellationToken) =>
        ReadAsync(store, request.Request.CharacterImage, cancellationToken);

    /// <summary>
    /// Further pictures of the character, as many as the model takes; one that does not exist any more is left out.
    /// </summary>
    public static async Task<IReadOnlyList<byte[]>> ReadReferencesAsync(
        this IMediaStore store, RenderRequest request, int most, CancellationToken cancellationToken)
    {
        List<byte[]> pictures = [];
        foreach (var name in request.Request.Character?.References ?? [])
        {
            if (pictures.Count < most && await ReadAsync(store, name, cancellationToken) is { } picture)
            {
                pictures.Add(picture);
            }
        }

        return pictures;
    }

    private static async Task<byte[]?> ReadAsync(IMediaStore store, string name, CancellationToken cancellationToken)
    {
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
