using VideoGen.Grains.Media;
using VideoGen.Grains.Retention;

namespace VideoGen.Api.Uploads;

/// <summary>The uploaded pictures, for orders that are made with one.</summary>
internal sealed class UploadLibrary(IMediaStore media, IGrainFactory grains, TimeProvider time)
{
    /// <summary>So young ones are never collected (retention waits an hour at least), and nobody has to be asked.</summary>
    private static readonly TimeSpan Safe = TimeSpan.FromMinutes(30);

    /// <summary>Whether there is such a picture; from then on it stays, because the order that follows refers to it.</summary>
    public async Task<bool> HoldAsync(string name, CancellationToken cancellationToken) =>
        MediaName.IsWellFormed(name)
        && (IsYoung(name) || await grains.GetGrain<IUploadsGrain>(IUploadsGrain.Key).HoldAsync(name))
        && await media.ExistsAsync(MediaKind.Upload, name, cancellationToken);

    private bool IsYoung(string name) => MediaName.CharacterSince(name) is { } since && time.GetUtcNow() - since < Safe;
}
