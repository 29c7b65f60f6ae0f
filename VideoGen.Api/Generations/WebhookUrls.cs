using Microsoft.Extensions.Options;
using VideoGen.Api.Http;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Api.Generations;

/// <summary>Whom a generation is announced to: the address of its order, or else that of its owner's settings.</summary>
internal sealed class WebhookUrls(IOptions<WebhookOptions> options)
{
    private const string Field = "webhookUrl";

    /// <summary>
    /// Null when there is nobody. An address that could never be called is refused now, when somebody can mend it.
    /// </summary>
    public string? Of(string owner, string? asked, FieldErrors errors)
    {
        if (asked is null)
        {
            return options.Value.UrlOf(owner);
        }

        if (options.Value.SecretsOf(owner).Count == 0)
        {
            errors.Add(Field, "webhookUrl cannot be used: this server has no secret to sign webhooks with. Ask its operator.");
        }
        else if (WebhookUrl.Complaint(asked, options.Value.AllowHttp) is { } complaint)
        {
            errors.Add(Field, $"{Field} {complaint}");
        }

        return asked;
    }
}
