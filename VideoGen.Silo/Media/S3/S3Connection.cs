using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using VideoGen.ServiceDefaults;

namespace VideoGen.Silo.Media.S3;

/// <summary>Sets a client up so that AWS, MinIO, R2 and Ceph all understand it.</summary>
internal static class S3Connection
{
    public static IAmazonS3 Open(S3Options options)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.ForcePathStyle ?? options.ServiceUrl is not null,

            // Trailing checksums in aws-chunked bodies are news to many stores; every body is signed by its SHA-256 instead.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = options.MaxRetries,
            MaxStaleConnectionRetries = options.MaxRetries,     // 10 by default, also for a store that breaks every connection
            ConnectTimeout = TimeSpan.FromSeconds(5),
            Timeout = Timeout.InfiniteTimeSpan,     // S3Bucket limits each call by what it is for
        };
        if (options.ServiceUrl is { } url)
        {
            config.ServiceURL = url.ToString();
            config.AuthenticationRegion = string.IsNullOrEmpty(options.Region) ? "us-east-1" : options.Region;
        }
        else if (!string.IsNullOrEmpty(options.Region))
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }

        try
        {
            return string.IsNullOrEmpty(options.AccessKey)
                ? new AmazonS3Client(config)
                : new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config);
        }
        catch (AmazonClientException exception)
        {
            throw new StartupException($"The bucket cannot be used: set {S3Options.Section}:Region or :ServiceUrl.", exception);
        }
    }
}
