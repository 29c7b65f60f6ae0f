using System.Security.Cryptography;
using VideoGen.Grains.Media;

namespace VideoGen.Grains.Tests.Media;

/// <summary>What every media store promises, whatever it keeps its files in.</summary>
public abstract class MediaStoreContract
{
    private const string Name = "character_1.jpg";
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(200_000);

    /// <summary>The store under test, empty at first.</summary>
    protected abstract IMediaStore Store { get; }

    /// <summary>Another process over the same files; the test ends it.</summary>
    protected abstract IMediaStore OpenAnother();

    /// <summary>Every stored file as <c>kind/name</c> and every scratch file, in order.</summary>
    protected abstract Task<IReadOnlyList<string>> ListAsync();

    [Fact]
    public async Task What_was_saved_can_be_opened_with_its_length_and_hash()
    {
        var stored = await SaveAsync(MediaKind.Upload, Name, Content);

        Assert.Equal(new StoredMedia(Name, Content.Length, Convert.ToHexStringLower(SHA256.HashData(Content))), stored);
        Assert.True(await Store.ExistsAsync(MediaKind.Upload, Name, default));
        Assert.Equal(Content, await ReadAsync(MediaKind.Upload, Name));
        Assert.Equal(["uploads/" + Name], await ListAsync());
    }

    [Fact]
    public async Task A_writer_may_close_the_stream_and_write_in_small_pieces()
    {
        var stored = await Store.SaveAsync(MediaKind.Upload, Name, async (stream, token) =>
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
        var saving = Store.SaveAsync(MediaKind.Video, "film.mp4", async (stream, token) =>
        {
            await stream.WriteAsync(Content, token);
            half.SetResult();
            await rest.Task;
        }, default);

        await half.Task;
        Assert.False(await Store.ExistsAsync(MediaKind.Video, "film.mp4", default));
        Assert.Null(await Store.OpenAsync(MediaKind.Video, "film.mp4", default));

        rest.SetResult();
        await saving;
        Assert.True(await Store.ExistsAsync(MediaKind.Video, "film.mp4", default));
    }

    [Fact]
    public async Task A_writer_that_throws_leaves_nothing_behind_and_the_old_file_alone()
    {
        await SaveAsync(MediaKind.Video, "film.mp4", "old"u8.ToArray());

        await Assert.ThrowsAsync<HttpRequestException>(() => Store.SaveAsync(MediaKind.Video, "film.mp4", Interrupted, default));

        Assert.Equal("old"u8.ToArray(), await ReadAsync(MediaKind.Video, "film.mp4"));
        Assert.Equal(["videos/film.mp4"], await ListAsync());

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
            Store.SaveAsync(MediaKind.Upload, Name, Canceled, cancellation.Token));

        Assert.Empty(await ListAsync());

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
        using var scratch = Store.CreateScratch("mp4");
        await File.WriteAllBytesAsync(scratch.Path, Content);

        var stored = await Store.SaveAsync(MediaKind.Video, "film.mp4", scratch, default);

        Assert.Equal(new StoredMedia("film.mp4", Content.Length, Convert.ToHexStringLower(SHA256.HashData(Content))), stored);
        Assert.Equal(Content, await ReadAsync(MediaKind.Video, "film.mp4"));
        Assert.Equal(["videos/film.mp4"], await ListAsync());
    }

    [Fact]
    public async Task A_replaced_file_has_another_tag()
    {
        await SaveAsync(MediaKind.Video, "film.mp4", "old"u8.ToArray());
        var old = await Store.OpenAsync(MediaKind.Video, "film.mp4", default);
        await SaveAsync(MediaKind.Video, "film.mp4", Content);

        Assert.NotEqual(old!.ETag, (await Store.OpenAsync(MediaKind.Video, "film.mp4", default))!.ETag);
    }

    [Theory]
    [InlineData(".mp4")]
    [InlineData("mp4")]
    public async Task Scratch_files_have_the_asked_extension_and_go_when_disposed(string extension)
    {
        var scratch = Store.CreateScratch(extension);
        await File.WriteAllTextAsync(scratch.Path, "unfinished");
        Assert.EndsWith(".mp4", scratch.Path, StringComparison.Ordinal);
        Assert.DoesNotContain("..", scratch.Path, StringComparison.Ordinal);

        scratch.Dispose();

        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Kinds_do_not_see_each_other()
    {
        await SaveAsync(MediaKind.Original, "film.mp4", Content);

        Assert.False(await Store.ExistsAsync(MediaKind.Video, "film.mp4", default));
        Assert.Null(await Store.LeaseAsync(MediaKind.Upload, "film.mp4", default));
    }

    [Fact]
    public async Task A_lease_is_a_path_that_tools_can_read()
    {
        await SaveAsync(MediaKind.Original, "film.mp4", Content);

        using (var lease = await Store.LeaseAsync(MediaKind.Original, "film.mp4", default))
        {
            Assert.Equal(Content, await File.ReadAllBytesAsync(lease!.Path));
        }

        Assert.Equal(["originals/film.mp4"], await ListAsync());
    }

    [Fact]
    public async Task Deleting_takes_the_file_away_and_may_be_repeated()
    {
        await SaveAsync(MediaKind.Upload, Name, Content);

        await Store.DeleteAsync(MediaKind.Upload, Name, default);
        await Store.DeleteAsync(MediaKind.Upload, Name, default);

        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task All_files_of_a_kind_are_listed_up_to_an_age()
    {
        await SaveAsync(MediaKind.Upload, Name, [1]);
        await SaveAsync(MediaKind.Upload, "character_2.jpg", [2]);
        await SaveAsync(MediaKind.Video, "film.mp4", [3]);
        var now = (await Store.OpenAsync(MediaKind.Upload, "character_2.jpg", default))!.LastModified;

        Assert.Equal([Name, "character_2.jpg"], (await NamesAsync(now.AddHours(1))).Order());
        Assert.Empty(await NamesAsync(now.AddHours(-1)));

        async Task<List<string>> NamesAsync(DateTimeOffset notAfter)
        {
            List<string> names = [];
            await foreach (var name in Store.ListAsync(MediaKind.Upload, notAfter, default))
            {
                names.Add(name);
            }

            return names;
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(150_000, 50_000)]
    [InlineData(199_999, 1)]
    public async Task A_part_starts_where_it_was_asked_to(int offset, int length)
    {
        await SaveAsync(MediaKind.Video, "film.mp4", Content);
        var film = await Store.OpenAsync(MediaKind.Video, "film.mp4", default);

        await using var part = await film!.OpenRange(offset, length, default);

        var read = new byte[length];
        await part.ReadExactlyAsync(read);
        Assert.Equal(Content[offset..(offset + length)], read);
    }

    [Fact]
    public async Task An_empty_file_is_a_file()
    {
        await SaveAsync(MediaKind.Video, "film.mp4", []);

        Assert.Empty(await ReadAsync(MediaKind.Video, "film.mp4"));
    }

    [Fact]
    public async Task Every_process_says_the_same_of_a_file()
    {
        await SaveAsync(MediaKind.Video, "film.mp4", Content);
        var other = OpenAnother();
        using var end = (IDisposable)other;

        var here = (await Store.OpenAsync(MediaKind.Video, "film.mp4", default))!;
        var there = (await other.OpenAsync(MediaKind.Video, "film.mp4", default))!;

        Assert.Equal((here.ETag, here.LastModified, here.Length), (there.ETag, there.LastModified, there.Length));
        Assert.Equal(TimeSpan.Zero, here.LastModified.Offset);
        Assert.InRange(here.LastModified, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
        Assert.Matches("^[^\"]+$", here.ETag);
    }

    [Fact]
    public async Task Of_two_processes_that_save_one_name_at_once_one_wins_whole()
    {
        var other = OpenAnother();
        using var end = (IDisposable)other;
        byte[] theirs = [.. Content.Reverse(), 1, 2, 3];

        var saves = Enumerable.Range(0, 8).Select(turn => turn % 2 == 0
            ? Store.SaveAsync(MediaKind.Video, "film.mp4", (stream, token) => stream.WriteAsync(Content, token).AsTask(), default)
            : other.SaveAsync(MediaKind.Video, "film.mp4", (stream, token) =>
                stream.WriteAsync(theirs, token).AsTask(), default));
        await Task.WhenAll(saves);

        var winner = await ReadAsync(MediaKind.Video, "film.mp4");
        Assert.True(winner.SequenceEqual(Content) || winner.SequenceEqual(theirs));
        Assert.Equal(["videos/film.mp4"], await ListAsync());
    }

    [Fact]
    public async Task A_process_that_ends_takes_its_scratch_files_away_and_no_others()
    {
        using var ours = Store.CreateScratch("mp4");
        await File.WriteAllTextAsync(ours.Path, "being written");
        var other = OpenAnother();
        var theirs = other.CreateScratch("mp4");
        await File.WriteAllTextAsync(theirs.Path, "not finished");

        ((IDisposable)other).Dispose();

        Assert.True(File.Exists(ours.Path));
        Assert.False(File.Exists(theirs.Path));
    }

    protected Task<StoredMedia> SaveAsync(MediaKind kind, string name, byte[] content) =>
        Store.SaveAsync(kind, name, (stream, token) => stream.WriteAsync(content, token).AsTask(), default);

    protected async Task<byte[]> ReadAsync(MediaKind kind, string name)
    {
        var content = await Store.OpenAsync(kind, name, default);
        await using var stream = await content!.OpenRead(default);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        Assert.Equal(copy.Length, content.Length);
        return copy.ToArray();
    }
}
