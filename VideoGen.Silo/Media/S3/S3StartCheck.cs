using System.Net;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Media;
using VideoGen.ServiceDefaults;

namespace VideoGen.Silo.Media.S3;

/// <summary>
/// Verifies at startup that the bucket exists and that the access key has the required permissions. Listing is one of them:
/// without it, a missing file is answered with 403 instead of 404.
/// </summary>
internal sealed class S3StartCheck(IAmazonS3 client, S3Bucket bucket, IOptions<S3Options> options, IMediaStore store)
    : IHostedService
{
    private const string Probe = "probe";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly S3Options _options = options.Value;

    private string Unreachable =>
        $"{_options.Place} is unreachable. Check {S3Options.Section}:ServiceUrl, or start the store first.";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Timeout);
        var act = "list";
        try
        {
            await client.ListObjectsV2Async(
                new ListObjectsV2Request { BucketName = _options.Bucket, Prefix = _options.KeyPrefix, MaxKeys = 1 },
                limited.Token);
            act = "read";
            await store.ExistsAsync(MediaKind.Upload, "none.jpg", limited.Token);
            act = "write";
            await client.PutObjectAsync(
                bucket.Put(Probe, Stream.Null, Convert.ToHexStringLower(SHA256.HashData([]))), limited.Token);
            act = "delete";
            await client.DeleteObjectAsync(_options.Bucket, _options.KeyPrefix + Probe, limited.Token);
        }
        catch (AmazonS3Exception exception) when (S3Fault.IsFull(exception))
        {
            // Existing files can be served, and accepted generations wait until space is available.
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StartupException($"{_options.Place} did not answer within {Timeout.TotalSeconds:0} s.", exception);
        }
        catch (Exception exception) when (Explain(exception, act) is { } sentence)
        {
            throw new StartupException(sentence);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string? Explain(Exception exception, string act) => exception switch
    {
        AmazonServiceException service => Explain(service, act),
        MediaStoreUnavailableException => $"The bucket \"{_options.Bucket}\" cannot be used. {exception.Message}",
        HttpRequestException => Unreachable,
        AmazonClientException => $"There are no credentials for the bucket. Set {S3Options.Section}:AccessKey and :SecretKey, "
            + "or give this process a role.",
        _ => null,
    };

    private string Explain(AmazonServiceException answer, string act) => answer.ErrorCode switch
    {
        "NoSuchBucket" => $"There is no bucket \"{_options.Bucket}\" at {_options.Place}. Create it, or change "
            + $"{S3Options.Section}:Bucket.",
        "PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" =>
            $"The bucket \"{_options.Bucket}\" is in another region. Change {S3Options.Section}:Region.",
        "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "InvalidToken" or "ExpiredToken" =>
            $"{_options.Place} rejected the access key for the bucket ({answer.ErrorCode}). "
            + $"Check {S3Options.Section}:AccessKey and :SecretKey, or the role of this process.",
        _ when answer.StatusCode is HttpStatusCode.Forbidden =>
            $"The access key may not {act} in the bucket \"{_options.Bucket}\". See docs/operations.md for the required policy.",
        { Length: > 0 } code =>
            $"The bucket \"{_options.Bucket}\" cannot be used: {_options.Place} answered {code} ({answer.StatusCode:D}).",
        _ => Unreachable,
    };
}
