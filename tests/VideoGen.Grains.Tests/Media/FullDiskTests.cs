using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using VideoGen.Grains.Media;

namespace VideoGen.Grains.Tests.Media;

public sealed class FullDiskTests : IDisposable
{
    private static readonly byte[] TooMuch = new byte[2 * 1024 * 1024];

    private readonly TinyDisk _disk = new();
    private readonly MediaOptions _options;
    private readonly FileMediaStore _store;

    public FullDiskTests()
    {
        _options = new MediaOptions { DataDirectory = _disk.Path, DiskReserveBytes = 400_000 };
        _store = new FileMediaStore(Options.Create(_options));
    }

    public void Dispose()
    {
        _store.Dispose();
        _disk.Dispose();
    }

    [Fact]
    public async Task A_full_disk_is_said_and_leaves_the_room_it_had()
    {
        await Assert.ThrowsAsync<MediaStoreFullException>(() => SaveAsync("film.mp4", TooMuch));

        Assert.False(await _store.ExistsAsync(MediaKind.Video, "film.mp4", default));
        await SaveAsync("film.mp4", new byte[900_000]);
        Assert.True(await _store.ExistsAsync(MediaKind.Video, "film.mp4", default));
    }

    [Fact]
    public async Task A_full_disk_is_said_when_a_download_hides_it_in_an_exception_of_its_own()
    {
        using var download = new StreamContent(new MemoryStream(TooMuch));

        await Assert.ThrowsAsync<MediaStoreFullException>(() =>
            _store.SaveAsync(MediaKind.Video, "film.mp4", download.CopyToAsync, default));
    }

    [Fact]
    public async Task Headroom_ends_at_the_reserve_and_is_looked_at_once_a_second()
    {
        var time = new FakeTimeProvider();
        var headroom = new DiskHeadroom(Options.Create(_options), time);
        Assert.True(headroom.HasRoom);

        await SaveAsync("film.mp4", new byte[800_000]);
        time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.True(headroom.HasRoom);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(headroom.HasRoom);

        await _store.DeleteAsync(MediaKind.Video, "film.mp4", default);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(headroom.HasRoom);
    }

    private Task<StoredMedia> SaveAsync(string name, byte[] content) =>
        _store.SaveAsync(MediaKind.Video, name, (stream, token) => stream.WriteAsync(content, token).AsTask(), default);
}
