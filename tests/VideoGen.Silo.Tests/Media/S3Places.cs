using Microsoft.Extensions.Options;
using VideoGen.Grains.Media;
using VideoGen.Silo.Media.S3;
using VideoGen.Testing;

namespace VideoGen.Silo.Tests.Media;

/// <summary>Stores in buckets, with the scratch directory of one machine; all are closed with it.</summary>
internal sealed class S3Places : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<IDisposable> _open = [];

    /// <summary>Whatever lies in the scratch directories, in order.</summary>
    public IEnumerable<string> Scratch => _directory.Files.Where(file => !file.EndsWith(".lock", StringComparison.Ordinal));

    public static S3Options Options(string url, string prefix = "", int retries = 0) => new()
    {
        ServiceUrl = new Uri(url),
        Bucket = S3Server.Bucket,
        Prefix = prefix,
        AccessKey = S3Server.AccessKey,
        SecretKey = S3Server.SecretKey,
        MaxRetries = retries,
    };

    public S3MediaStore Open(S3Options options, TimeProvider? time = null, string? directory = null)
    {
        var client = S3Connection.Open(options);
        var bucket = new S3Bucket(client, new OptionsWrapper<S3Options>(options), time ?? TimeProvider.System);
        var media = new OptionsWrapper<MediaOptions>(new MediaOptions { DataDirectory = directory ?? _directory.Path });
        var store = new S3MediaStore(bucket, media);
        _open.AddRange([store, client]);
        return store;
    }

    public void Dispose()
    {
        _open.ForEach(one => one.Dispose());
        _directory.Dispose();
    }
}
