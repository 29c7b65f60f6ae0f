using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using VideoGen.ServiceDefaults;

namespace VideoGen.Silo.Media.S3;

/// <summary>Configures a client that works with AWS, MinIO, R2 and Ceph.</summary>
internal static class S3Connection
{
    public static IAmazonS3 Open(S3Options options)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.ForcePathStyle ?? options.ServiceUrl is not null,

            // Many stores do not support trailing checksums in aws-chunked bodies; every body is signed by its SHA-256 instead.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = options.MaxRetries,
            MaxStaleConnectionRetries = options.MaxRetries,     // 10 by default, even if every connection breaks
            ConnectTimeout = TimeSpan.FromSeconds(5),
            Timeout = Timeout.InfiniteTimeSpan,     // S3Bucket sets a timeout for each kind of call
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
            throw new StartupException($"The bucket cannot be used. Set {S3Options.Section}:Region or :ServiceUrl.", exception);
        }
    }
}
