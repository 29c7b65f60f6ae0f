using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Settings;

namespace VideoGen.Grains.Webhooks;

/// <summary>Validates at startup what attributes cannot express; messages never contain a secret.</summary>
public sealed class WebhookSettings : IValidateOptions<WebhookOptions>
{
    /// <summary>
    /// Adds the settings; may be called repeatedly, because APIs and silos both need them and may be one process.
    /// </summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSettings<WebhookOptions, WebhookOptionsValidator>(WebhookOptions.Section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebhookOptions>, WebhookSettings>());
    }

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        List<string> wrong = [];
        Check("", options.Secret, options.Url, hasSecret: options.Secret is { Length: > 0 });
        foreach (var (owner, own) in options.Owners)
        {
            Check($"Owners:{owner}:", own.Secret, own.Url, options.SecretsOf(owner).Count > 0);
        }

        if (RetrySchedule.Parse(options.RetryDelays) is null)
        {
            wrong.Add($"{WebhookOptions.Section}:RetryDelays must be 1 to 20 times of at most one day, such as 00:00:05 1.00:00:00.");
        }

        return wrong.Count > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;

        void Check(string prefix, string? secret, string? url, bool hasSecret)
        {
            if (WebhookOptions.Words(secret).Any(word => !WebhookSecret.IsWellFormed(word)))
            {
                wrong.Add($"{WebhookOptions.Section}:{prefix}Secret must be whsec_ and the Base64 of 24 to 64 random bytes.");
            }

            if (url is { Length: > 0 } && (!hasSecret || WebhookUrl.Complaint(url, options.AllowHttp) is not null))
            {
                wrong.Add(hasSecret
                    ? $"{WebhookOptions.Section}:{prefix}Url {WebhookUrl.Complaint(url, options.AllowHttp)}"
                    : $"{WebhookOptions.Section}:{prefix}Url is set, but there is no secret to sign with: set {prefix}Secret.");
            }
        }
    }
}
