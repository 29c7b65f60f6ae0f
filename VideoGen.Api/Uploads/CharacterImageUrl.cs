using VideoGen.Grains.Media;

namespace VideoGen.Api.Uploads;

/// <summary>
/// The URL of an upload as clients send it back: <c>/uploads/{name}</c>, or the same on this origin. Nothing is fetched or opened
/// by it: only the name matters, and it must have the form of a name of this server. The query of a signed URL is ignored,
/// because the name identifies the owner.
/// </summary>
internal static class CharacterImageUrl
{
    private const string Prefix = "/uploads/";

    public static string Of(string name) => Prefix + name;

    /// <summary>Returns null if the URL cannot be that of an upload on this server.</summary>
    public static string? NameIn(string url, HostString origin)
    {
        var path = Uri.TryCreate(url, UriKind.Absolute, out var absolute) && IsThisOrigin(absolute, origin)
            ? url[url.IndexOf('/', absolute.Scheme.Length + "://".Length)..]
            : url;
        path = WithoutQuery(path);
        return path.StartsWith(Prefix, StringComparison.Ordinal) && MediaName.IsWellFormed(path[Prefix.Length..])
            ? path[Prefix.Length..]
            : null;
    }

    /// <summary>The signature of the same picture changes every hour.</summary>
    public static string WithoutQuery(string url) => url.IndexOf('?') is >= 0 and var query ? url[..query] : url;

    // On Linux a bare path parses as an absolute file: URI, so check the scheme.
    private static bool IsThisOrigin(Uri url, HostString origin) =>
        (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.OriginalString.StartsWith($"{url.Scheme}://{origin.Value}/", StringComparison.OrdinalIgnoreCase);
}
