using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Media;
using VideoGen.Grains.Ports;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Media;

public sealed class FileMediaStoreTests : IDisposable
{
    private const string Name = "character_1.jpg";
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(200_000);

    private readonly TemporaryDirectory _directory = new();
    private readonly FileMediaStore _store;

    public FileMediaStoreTests() => _store = Open();

    private IEnumerable<string> StoredFiles => _directory.Files.Where(file => !file.EndsWith(".lock", StringComparison.Ordinal));

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task What_was_saved_can_be_opened_with_its_length_and_hash()
    {
        var stored = await SaveAsync(MediaKind.Upload, Name, Content);

        Assert.Equal(new StoredMedia(Name, Content.Length, Convert.ToHexStringLower(SHA256.HashData(Content))), stored);
        Assert.True(await _store.ExistsAsync(MediaKind.Upload, Name, default));
        Assert.Equal(Content, await ReadAsync(MediaKind.Upload, Name));
        Assert.Equal([Path.Combine("media", "uploads", Name)], StoredFiles);
    }

    [Fact]
    public async Task A_writer_may_close_the_stream_and_write_in_small_pieces()
    {
        var stored = await _store.SaveAsync(MediaKind.Upload, Name, async (stream, token) =>
        {
            await using var writer = new StreamWriter(stream);
            await writer.WriteAsync("one ".AsMemory(), token);
            await writer.FlushAsync(token);
            await writer.WriteAsync("two".AsMemory(), token);
        }, default);

        Assert.Equal(new StoredMedia(Name, 7, Convert.ToHexStringLower(SHA256.HashData("one two"u8))), stored);
        Assert.Equal("one two"u8.ToArray(), await ReadAsync(MediaKind.Upload, Name));
    }

    [Fact]
    public async Task Nothing_is_there_until_the_writer_is_done()
    {
        var half = new TaskCompletionSource();
        var rest = new TaskCompletionSource();
        var saving = _store.SaveAsync(MediaKind.Video, "film.mp4", async (stream, token) =>
        {
            await stream.WriteAsync(Content, token);
            half.SetResult();
            await rest.Task;
        }, default);

        await half.Task;
        Assert.False(await _store.ExistsAsync(MediaKind.Video, "film.mp4", default));
        Assert.Null(await _store.OpenAsync(MediaKind.Video, "film.mp4", default));

        rest.SetResult();
        await saving;
        Assert.True(await _store.ExistsAsync(MediaKind.Video, "film.mp4", default));
    }

    [Fact]
    public async Task A_writer_that_throws_leaves_nothing_behind_and_the_old_file_alone()
    {
        await SaveAsync(MediaKind.Video, "film.mp4", "old"u8.ToArray());

        await Assert.ThrowsAsync<HttpRequestException>(() => _store.SaveAsync(MediaKind.Video, "film.mp4", Interrupted, default));

        Assert.Equal("old"u8.ToArray(), await ReadAsync(MediaKind.Video, "film.mp4"));
        Assert.Equal([Path.Combine("media", "videos", "film.mp4")], StoredFiles);

        static async Task Interrupted(Stream stream, CancellationToken token)
        {
            await stream.WriteAsync(Content, token);
            throw new HttpRequestException("The connection was reset.");
        }
    }

    [Fact]
    public async Task A_canceled_save_leaves_nothing_behind()
    {
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _store.SaveAsync(MediaKind.Upload, Name, Canceled, cancellation.Token));

        Assert.Empty(StoredFiles);

        async Task Canceled(Stream stream, CancellationToken token)
        {
            await stream.WriteAsync(Content, token);
            await cancellation.CancelAsync();
        }
    }

    [Fact]
    public async Task A_finished_scratch_file_is_moved_in_and_replaces_one_of_the_same_name()
    {
        await SaveAsync(MediaKind.Video, "film.mp4", "old"u8.ToArray());
        using var scratch = _store.CreateScratch("mp4");
        await File.WriteAllBytesAsync(scratch.Path, Content);

        var stored = await _store.SaveAsync(MediaKind.Video, "film.mp4", scratch, default);

        Assert.Equal(new StoredMedia("film.mp4", Content.Length, Convert.ToHexStringLower(SHA256.HashData(Content))), stored);
        Assert.Equal(Content, await ReadAsync(MediaKind.Video, "film.mp4"));
        Assert.Equal([Path.Combine("media", "videos", "film.mp4")], StoredFiles);
    }

    [Fact]
    public async Task A_replaced_file_has_another_tag()
    {
        await SaveAsync(MediaKind.Video, "film.mp4", "old"u8.ToArray());
        var old = await _store.OpenAsync(MediaKind.Video, "film.mp4", default);
        await SaveAsync(MediaKind.Video, "film.mp4", Content);

        Assert.NotEqual(old!.ETag, (await _store.OpenAsync(MediaKind.Video, "film.mp4", default))!.ETag);
    }

    [Theory]
    [InlineData(".mp4")]
    [InlineData("mp4")]
    public void Scratch_files_have_the_asked_extension_and_go_when_disposed(string extension)
    {
        var scratch = _store.CreateScratch(extension);
        File.WriteAllText(scratch.Path, "unfinished");
        Assert.EndsWith(".mp4", scratch.Path, StringComparison.Ordinal);
        Assert.DoesNotContain("..", scratch.Path, StringComparison.Ordinal);

        scratch.Dispose();

        Assert.Empty(StoredFiles);
    }

    [Fact]
    public async Task Kinds_do_not_see_each_other()
    {
        await SaveAsync(MediaKind.Original, "film.mp4", Content);

        Assert.False(await _store.ExistsAsync(MediaKind.Video, "film.mp4", default));
        Assert.Null(await _store.LeaseAsync(MediaKind.Upload, "film.mp4", default));
    }

    [Fact]
    public async Task A_lease_is_a_path_that_tools_can_read()
    {
        await SaveAsync(MediaKind.Original, "film.mp4", Content);

        using var lease = await _store.LeaseAsync(MediaKind.Original, "film.mp4", default);

        Assert.Equal(Content, await File.ReadAllBytesAsync(lease!.Path));
    }

    [Fact]
    public async Task Deleting_takes_the_file_away_and_may_be_repeated()
    {
        await SaveAsync(MediaKind.Upload, Name, Content);

        await _store.DeleteAsync(MediaKind.Upload, Name, default);
        await _store.DeleteAsync(MediaKind.Upload, Name, default);

        Assert.Empty(StoredFiles);
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
        await Assert.ThrowsAsync<ArgumentException>(() => SaveAsync(MediaKind.Upload, name, Content));
        Assert.Equal(outside.Order(), StoredFiles);
    }

    [Fact]
    public void Scratch_files_of_a_process_that_is_gone_are_cleared_and_those_of_a_living_one_are_not()
    {
        using var living = _store.CreateScratch("mp4");
        File.WriteAllText(living.Path, "being written");
        var gone = Open();
        var orphan = gone.CreateScratch("mp4");
        File.WriteAllText(orphan.Path, "left behind");
        gone.Dispose(); // lets go of the lock and deletes nothing, as the end of a process does

        using var next = Open();

        Assert.False(File.Exists(orphan.Path));
        Assert.True(File.Exists(living.Path));
    }

    private FileMediaStore Open() => new(Options.Create(new MediaOptions { DataDirectory = _directory.Path }));

    private Task<StoredMedia> SaveAsync(MediaKind kind, string name, byte[] content) =>
        _store.SaveAsync(kind, name, (stream, token) => stream.WriteAsync(content, token).AsTask(), default);

    private async Task<byte[]> ReadAsync(MediaKind kind, string name)
    {
        var content = await _store.OpenAsync(kind, name, default);
        await using var stream = await content!.OpenRead(default);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        Assert.Equal(copy.Length, content.Length);
        return copy.ToArray();
    }
}
