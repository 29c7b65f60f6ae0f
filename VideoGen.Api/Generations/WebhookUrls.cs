using Microsoft.Extensions.Options;
using VideoGen.Api.Http;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Api.Generations;

/// <summary>
/// Selects the webhook URL of a generation: the one in the request, or else the one of its owner in the settings.
/// </summary>
internal sealed class WebhookUrls(IOptions<WebhookOptions> options)
{
    private const string Field = "webhookUrl";

    /// <summary>Returns null if there is no URL. An unusable URL is rejected now, while the client can correct it.</summary>
    public string? Of(string owner, string? requested, FieldErrors errors)
    {
        if (requested is null)
        {
            return options.Value.UrlOf(owner);
        }

        if (options.Value.SecretsOf(owner).Count == 0)
        {
            errors.Add(Field, "webhookUrl cannot be used: this server has no secret to sign webhooks with. Ask its operator.");
        }
        else if (WebhookUrl.Complaint(requested, options.Value.AllowHttp) is { } error)
        {
            errors.Add(Field, $"{Field} {error}");
        }

        return requested;
    }
}
