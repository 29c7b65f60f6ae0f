using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Silo.Media.S3;

/// <summary>The bucket that holds the media, and how to reach it.</summary>
internal sealed class S3Options : IValidatableObject
{
    public const string Section = "VideoGen:Media:S3";

    /// <summary>The bucket; it must exist.</summary>
    [Required(ErrorMessage = Section + ":Bucket is missing.")]
    public string Bucket { get; set; } = "";

    /// <summary>Put in front of every key, for a bucket that is shared with others.</summary>
    [RegularExpression("[A-Za-z0-9._/-]{0,200}", ErrorMessage = Section + ":Prefix may have letters, digits, . _ / - only.")]
    public string Prefix { get; set; } = "";

    /// <summary>The address of a store that is not AWS (MinIO, R2, Ceph …).</summary>
    public Uri? ServiceUrl { get; set; }

    /// <summary>The region that requests are signed for; else what the environment says, or us-east-1 at a ServiceUrl.</summary>
    public string? Region { get; set; }

    /// <summary>With <see cref="SecretKey"/>; without both, what AWS's default chain finds: environment, profile, role.</summary>
    public string? AccessKey { get; set; }

    /// <summary>The secret of <see cref="AccessKey"/>.</summary>
    public string? SecretKey { get; set; }

    /// <summary>Whether the bucket is named in the path and not in the host name; by default it is at a ServiceUrl.</summary>
    public bool? ForcePathStyle { get; set; }

    /// <summary>How often a call that failed for the moment is repeated, after growing pauses.</summary>
    [Range(0, 10)]
    public int MaxRetries { get; set; } = 2;

    /// <summary>The prefix as keys begin with it: empty, or with one slash at its end.</summary>
    public string KeyPrefix => Prefix.Trim('/') is { Length: > 0 } prefix ? prefix + "/" : "";

    /// <summary>Where the bucket is, in words for the operator.</summary>
    public string Place => ServiceUrl is null ? "AWS" : ServiceUrl.GetLeftPart(UriPartial.Authority);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(AccessKey) != string.IsNullOrEmpty(SecretKey))
        {
            yield return new ValidationResult($"{Section}:AccessKey and {Section}:SecretKey must be set together, or neither.");
        }

        if (ServiceUrl is { } url && !(url.IsAbsoluteUri && url.Scheme is "http" or "https" && url.UserInfo.Length == 0))
        {
            yield return new ValidationResult($"{Section}:ServiceUrl must be an http or https address.");
        }
    }
}

[OptionsValidator]
internal sealed partial class S3OptionsValidator : IValidateOptions<S3Options>;
