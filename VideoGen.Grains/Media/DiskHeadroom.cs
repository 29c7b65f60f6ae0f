using Microsoft.Extensions.Options;

namespace VideoGen.Grains.Media;

/// <summary>Monitors the free space of the media disk; checks at most once a second.</summary>
public sealed class DiskHeadroom(IOptions<MediaOptions> options, TimeProvider time) : IStorageHeadroom
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private Reading? _last;

    /// <inheritdoc/>
    public bool HasRoom
    {
        get
        {
            // On a network disk every check is a round trip. Two requests may check at once; either result will do.
            if (_last is not { } last || time.GetElapsedTime(last.At) >= Freshness)
            {
                _last = last = new Reading(time.GetTimestamp(), new DriveInfo(options.Value.MediaDirectory).AvailableFreeSpace);
            }

            return last.FreeBytes >= options.Value.DiskReserveBytes;
        }
    }

    private sealed record Reading(long At, long FreeBytes);
}
