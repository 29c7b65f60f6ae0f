using Amazon.S3.Model;
using VideoGen.Grains.Media;
using VideoGen.Grains.Tests.Media;
using VideoGen.Silo.Media.S3;
using VideoGen.Testing;

namespace VideoGen.Silo.Tests.Media;

/// <summary>One server for all tests that do it no harm.</summary>
public sealed class SharedS3Server : IAsyncLifetime
{
    private S3Server? _server;

    public S3Server Server => _server ?? throw new InvalidOperationException("The server was not started.");

    public async ValueTask InitializeAsync() => _server = await S3Server.StartAsync();

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>The store in a bucket keeps the promises of every store, on a real server.</summary>
[Trait("Starts", "processes")]
public sealed class S3MediaStoreTests : MediaStoreContract, IClassFixture<SharedS3Server>, IDisposable
{
    private readonly S3Places _places = new();
    private readonly S3Options _options;
    private readonly S3MediaStore _store;

    public S3MediaStoreTests(SharedS3Server shared)
    {
        _options = S3Places.Options(shared.Server.Url, prefix: $"/{Guid.NewGuid():N}/media");
        _store = _places.Open(_options);
    }

    protected override IMediaStore Store => _store;

    public void Dispose() => _places.Dispose();

    [Theory]
    [InlineData("../outside.jpg")]
    [InlineData("OUTSIDE.jpg")]
    [InlineData("")]
    public async Task Only_names_that_we_make_are_ever_looked_up(string name)
    {
        Assert.False(await _store.ExistsAsync(MediaKind.Upload, name, default));
        Assert.Null(await _store.OpenAsync(MediaKind.Upload, name, default));
        Assert.Null(await _store.LeaseAsync(MediaKind.Upload, name, default));
        await _store.DeleteAsync(MediaKind.Upload, name, default);
        await Assert.ThrowsAsync<ArgumentException>(() => SaveAsync(MediaKind.Upload, name, []));
    }

    [Fact]
    public async Task Objects_say_what_they_are()
    {
        await SaveAsync(MediaKind.Video, "film.mp4", [1]);
        await SaveAsync(MediaKind.Video, "film.jpg", [1]);
        using var client = S3Connection.Open(_options);

        var film = await client.GetObjectMetadataAsync(_options.Bucket, _options.KeyPrefix + "videos/film.mp4");
        var poster = await client.GetObjectMetadataAsync(_options.Bucket, _options.KeyPrefix + "videos/film.jpg");

        Assert.Equal(("video/mp4", "image/jpeg"), (film.Headers.ContentType, poster.Headers.ContentType));
        Assert.Null(film.Headers.ContentEncoding);
    }

    protected override IMediaStore OpenAnother() => _places.Open(_options);

    protected override async Task<IReadOnlyList<string>> ListAsync()
    {
        using var client = S3Connection.Open(_options);
        var objects = await client.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = _options.Bucket, Prefix = _options.KeyPrefix });
        return [.. (objects.S3Objects ?? []).Select(one => one.Key[_options.KeyPrefix.Length..]), .. _places.Scratch];
    }
}
