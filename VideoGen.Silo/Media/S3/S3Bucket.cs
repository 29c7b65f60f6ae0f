using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Media;

namespace VideoGen.Silo.Media.S3;

/// <summary>
/// The objects of the bucket. Every call has a time limit, is retried a few times, and throws the exceptions of <see
/// cref="IMediaStore"/>.
/// </summary>
internal sealed class S3Bucket(IAmazonS3 client, IOptions<S3Options> options, TimeProvider time)
{
    /// <summary>Timeout for a response, or for the next part of a body.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(20);

    private const int SlowestUpload = 64 * 1024;    // bytes a second

    private readonly string _bucket = options.Value.Bucket;
    private readonly string _prefix = options.Value.KeyPrefix;

    /// <summary>Size, date and ETag of an object; null when it does not exist.</summary>
    public async Task<GetObjectMetadataResponse?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var request = new GetObjectMetadataRequest { BucketName = _bucket, Key = _prefix + key };
        return await AskAsync<GetObjectMetadataResponse?>(CallTimeout, FindAsync, cancellationToken);

        async Task<GetObjectMetadataResponse?> FindAsync(CancellationToken token)
        {
            try
            {
                return await client.GetObjectMetadataAsync(request, token);
            }
            catch (AmazonS3Exception exception) when (S3Fault.IsMissing(exception))
            {
                return null;
            }
        }
    }

    /// <summary>A range of an object, as long as its ETag is unchanged.</summary>
    public async Task<Stream> ReadAsync(string key, string etag, long offset, long length, CancellationToken cancellationToken)
    {
        if (length == 0)
        {
            return Stream.Null;
        }

        var request = new GetObjectRequest
        {
            BucketName = _bucket,
            Key = _prefix + key,
            EtagToMatch = etag,
            ByteRange = new ByteRange(offset, offset + length - 1),
        };
        var response = await AskAsync(CallTimeout, token => client.GetObjectAsync(request, token), cancellationToken);
        return new S3Body(response, CallTimeout, time);
    }

    /// <summary>Writes a whole object with this SHA-256 (lower-case hex), or nothing.</summary>
    public Task WriteAsync(string key, Stream content, string sha256, CancellationToken cancellationToken)
    {
        var limit = CallTimeout + TimeSpan.FromSeconds((double)content.Length / SlowestUpload);
        return AskAsync(limit, token => client.PutObjectAsync(Put(key, content, sha256), token), cancellationToken);
    }

    /// <summary>Deletes an object; a missing one is ignored.</summary>
    public Task DeleteAsync(string key, CancellationToken cancellationToken) => AskAsync(
        CallTimeout,
        token => client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = _bucket, Key = _prefix + key }, token),
        cancellationToken);

    /// <summary>Lists the objects below a prefix with their modification dates, a thousand at a time.</summary>
    public async IAsyncEnumerable<(string Key, DateTimeOffset Modified)> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = _bucket, Prefix = _prefix + prefix };
        do
        {
            var page = await AskAsync(CallTimeout, token => client.ListObjectsV2Async(request, token), cancellationToken);
            foreach (var one in page.S3Objects ?? [])
            {
                yield return (one.Key[_prefix.Length..], one.LastModified!.Value.ToUniversalTime());
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is not null);
    }

    /// <summary>The request that writes an object.</summary>
    public PutObjectRequest Put(string key, Stream content, string sha256) => new()
    {
        BucketName = _bucket,
        Key = _prefix + key,
        InputStream = content,
        AutoCloseStream = false,
        ContentType = key.EndsWith(".mp4", StringComparison.Ordinal) ? "video/mp4" : "image/jpeg",

        // One plain body: R2 and others do not support aws-chunked. Its hash is known already, and the store checks it.
        UseChunkEncoding = false,
        Headers = { ["x-amz-content-sha256"] = sha256 },
    };

    private async Task<T> AskAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var limited = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limited.Token, cancellationToken);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MediaStoreUnavailableException($"The bucket did not answer within {limit.TotalSeconds:0} s.", exception);
        }
        catch (Exception exception) when (S3Fault.Of(exception) is { } fault)
        {
            throw fault;
        }
    }
}
