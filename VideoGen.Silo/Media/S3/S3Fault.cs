using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using VideoGen.Grains.Media;

namespace VideoGen.Silo.Media.S3;

/// <summary>Maps a failed call to a bucket to the exceptions of the media store.</summary>
internal static class S3Fault
{
    // Codes of Ceph and MinIO (a bucket quota, a full disk), and of stores that answer 507 (RFC 4918 §11.5).
    private static readonly HashSet<string> Full = new(StringComparer.OrdinalIgnoreCase)
    {
        "QuotaExceeded", "XMinioAdminBucketQuotaExceeded", "XMinioStorageFull", "StorageFull", "InsufficientStorage",
        "InsufficientCapacity", "ServiceQuotaExceededException",
    };

    public static bool IsMissing(Exception exception) =>
        exception is AmazonServiceException { StatusCode: HttpStatusCode.NotFound } and not { ErrorCode: "NoSuchBucket" };

    public static bool IsFull(Exception exception) => exception is AmazonServiceException service
        && (service.StatusCode is HttpStatusCode.InsufficientStorage || Full.Contains(service.ErrorCode ?? ""));

    /// <summary>
    /// The exception of the media store; null when the bucket is not the cause. The service's error document is not included
    /// whole: it may contain the key and the signed request.
    /// </summary>
    public static IOException? Of(Exception exception) => exception switch
    {
        _ when DiskFull.Caused(exception) => new MediaStoreFullException(exception),
        AmazonServiceException service when IsFull(service) => new MediaStoreFullException(),
        AmazonServiceException { ErrorCode: { Length: > 0 } code } service => new MediaStoreUnavailableException(
            $"The bucket answered {code} (HTTP {(int)service.StatusCode}, request {service.RequestId})."),
        AmazonServiceException or AmazonClientException or HttpRequestException or IOException or SocketException =>
            new MediaStoreUnavailableException("The bucket is unreachable.", exception),
        _ => null,
    };
}
