using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Silo.Media.S3;

/// <summary>The bucket that holds the media, and how to connect to it.</summary>
internal sealed class S3Options : IValidatableObject
{
    public const string Section = "VideoGen:Media:S3";

    /// <summary>The bucket; it must exist.</summary>
    [Required(ErrorMessage = Section + ":Bucket is missing.")]
    public string Bucket { get; set; } = "";

    /// <summary>A prefix for every key, for a bucket that is shared with others.</summary>
    [RegularExpression("[A-Za-z0-9._/-]{0,200}",
        ErrorMessage = Section + ":Prefix may contain only letters, digits and ._/- characters.")]
    public string Prefix { get; set; } = "";

    /// <summary>The address of a store that is not AWS (MinIO, R2, Ceph …).</summary>
    public Uri? ServiceUrl { get; set; }

    /// <summary>
    /// The region that requests are signed for; by default the one from the environment, or us-east-1 with a ServiceUrl.
    /// </summary>
    public string? Region { get; set; }

    /// <summary>
    /// Used with <see cref="SecretKey"/>; without both, AWS's default credential chain applies: environment, profile, role.
    /// </summary>
    public string? AccessKey { get; set; }

    /// <summary>The secret of <see cref="AccessKey"/>.</summary>
    public string? SecretKey { get; set; }

    /// <summary>
    /// Whether the bucket name is part of the path instead of the host name; by default only with a ServiceUrl.
    /// </summary>
    public bool? ForcePathStyle { get; set; }

    /// <summary>How often a call with a temporary failure is retried, after growing delays.</summary>
    [Range(0, 10)]
    public int MaxRetries { get; set; } = 2;

    /// <summary>The prefix as keys begin with it: empty, or with one trailing slash.</summary>
    public string KeyPrefix => Prefix.Trim('/') is { Length: > 0 } prefix ? prefix + "/" : "";

    /// <summary>The location of the bucket, for messages to the operator.</summary>
    public string Place => ServiceUrl is null ? "AWS" : ServiceUrl.GetLeftPart(UriPartial.Authority);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(AccessKey) != string.IsNullOrEmpty(SecretKey))
        {
            yield return new ValidationResult($"{Section}:AccessKey and {Section}:SecretKey must both be set, or neither.");
        }

        if (ServiceUrl is { } url && !(url.IsAbsoluteUri && url.Scheme is "http" or "https" && url.UserInfo.Length == 0))
        {
            yield return new ValidationResult($"{Section}:ServiceUrl must be an http or https address.");
        }
    }
}

[OptionsValidator]
internal sealed partial class S3OptionsValidator : IValidateOptions<S3Options>;
