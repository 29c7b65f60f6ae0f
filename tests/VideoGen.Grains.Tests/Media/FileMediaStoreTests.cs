using Microsoft.Extensions.Options;
using VideoGen.Grains.Media;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Media;

public sealed class FileMediaStoreTests : MediaStoreContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FileMediaStore _store;

    public FileMediaStoreTests() => _store = Open();

    protected override IMediaStore Store => _store;

    private IEnumerable<string> Files => _directory.Files
        .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Select(file => file.Replace('\\', '/'));

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("../outside.jpg")]
    [InlineData("../../outside.jpg")]
    [InlineData("..%2foutside.jpg")]
    [InlineData("/outside.jpg")]
    [InlineData("a/../../outside.jpg")]
    [InlineData("..\\outside.jpg")]
    [InlineData("outside.jpg\n")]
    [InlineData("outside.jpg\0.jpg")]
    [InlineData("OUTSIDE.jpg")]
    [InlineData(".jpg")]
    [InlineData("outside.html")]
    [InlineData("")]
    public async Task Only_names_that_we_make_are_ever_looked_up(string name)
    {
        string[] outside =
        [
            "outside.jpg", "media/outside.jpg", "media/uploads/OUTSIDE.jpg", "media/uploads/.jpg", "media/uploads/outside.html",
        ];
        foreach (var file in outside)
        {
            await File.WriteAllTextAsync(Path.Combine(_directory.Path, file), "not media");
        }

        Assert.False(await _store.ExistsAsync(MediaKind.Upload, name, default));
        Assert.Null(await _store.OpenAsync(MediaKind.Upload, name, default));
        Assert.Null(await _store.LeaseAsync(MediaKind.Upload, name, default));
        await _store.DeleteAsync(MediaKind.Upload, name, default);
        await Assert.ThrowsAsync<ArgumentException>(() => SaveAsync(MediaKind.Upload, name, []));
        Assert.Equal(outside.Order(), Files);
    }

    [Fact]
    public async Task Scratch_files_of_a_process_that_is_gone_are_cleared_and_those_of_a_living_one_are_not()
    {
        using var living = _store.CreateScratch("mp4");
        await File.WriteAllTextAsync(living.Path, "being written");
        var gone = Directory.CreateDirectory(Path.Combine(_directory.Path, "media", "scratch", "gone"));
        await File.WriteAllTextAsync(Path.Combine(gone.FullName, "orphan.mp4"), "left behind");
        await File.WriteAllTextAsync(gone.FullName + ".lock", "");    // a lock that nobody holds, as kill -9 leaves it

        using var next = Open();

        Assert.False(Directory.Exists(gone.FullName));
        Assert.False(File.Exists(gone.FullName + ".lock"));
        Assert.True(File.Exists(living.Path));
    }

    protected override IMediaStore OpenAnother() => Open();

    protected override Task<IReadOnlyList<string>> ListAsync() =>
        Task.FromResult<IReadOnlyList<string>>([.. Files.Select(file => file["media/".Length..])]);

    private FileMediaStore Open() => new(Options.Create(new MediaOptions { DataDirectory = _directory.Path }));
}
