namespace VideoGen.Grains.Webhooks;

/// <summary>Validates the form of a webhook address; where it leads is checked when it is called.</summary>
public static class WebhookUrl
{
    /// <summary>The maximum number of characters.</summary>
    public const int MaxLength = 2048;

    /// <summary>What is wrong with it, as the end of a sentence; null when it is valid.</summary>
    public static string? Complaint(string url, bool allowHttp) =>
        url.Length > MaxLength ? "must have at most 2,048 characters."
        : !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || !IsWeb(uri, allowHttp)
            ? allowHttp ? "must be an http or https address." : "must be an https address."
        : uri.UserInfo.Length > 0 ? "must not contain a user name or a password."
        : uri.Fragment.Length > 0 ? "must not have a fragment (#)."
        : null;

    /// <summary>The address without its query, which may contain a password.</summary>
    public static string WithoutQuery(string url) => new Uri(url).GetLeftPart(UriPartial.Path);

    private static bool IsWeb(Uri uri, bool allowHttp) =>
        uri.Scheme == Uri.UriSchemeHttps || (allowHttp && uri.Scheme == Uri.UriSchemeHttp);
}
