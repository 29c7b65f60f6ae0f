using VideoGen.Grains.Contracts;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Uploads;

/// <summary>The uploaded pictures, for new generations.</summary>
internal sealed class UploadLibrary(IMediaStore media, IGrainFactory grains, TimeProvider time)
{
    /// <summary>Younger uploads are never collected (retention waits at least an hour), so no check is needed.</summary>
    private static readonly TimeSpan Safe = TimeSpan.FromMinutes(30);

    /// <summary>Returns whether the picture exists. If so, it is kept for the generation that is about to refer to it.</summary>
    public async Task<bool> HoldAsync(string name, CancellationToken cancellationToken) =>
        MediaName.IsWellFormed(name)
        && (IsYoung(name) || await grains.GetGrain<IUploadsGrain>(IUploadsGrain.Key).HoldAsync(name))
        && await media.ExistsAsync(MediaKind.Upload, name, cancellationToken);

    private bool IsYoung(string name) => MediaName.CharacterSince(name) is { } since && time.GetUtcNow() - since < Safe;
}
