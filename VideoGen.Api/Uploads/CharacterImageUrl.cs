using VideoGen.Grains.Media;

namespace VideoGen.Api.Uploads;

/// <summary>
/// The address of an upload as clients send it back: <c>/uploads/{name}</c>, or the same on this very origin. Nothing is ever
/// fetched or opened by it: only the name counts, and only when it has the form of a name we gave. A signed address may come back
/// with its query, which says nothing here: whose the picture is tells its name.
/// </summary>
internal static class CharacterImageUrl
{
    private const string Prefix = "/uploads/";

    public static string Of(string name) => Prefix + name;

    /// <summary>Null when the address cannot be that of an upload here.</summary>
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

    /// <summary>The same picture has another signature every hour.</summary>
    public static string WithoutQuery(string url) => url.IndexOf('?') is >= 0 and var query ? url[..query] : url;

    // On Linux a bare path is an absolute file: URI, hence the look at the scheme.
    private static bool IsThisOrigin(Uri url, HostString origin) =>
        (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.OriginalString.StartsWith($"{url.Scheme}://{origin.Value}/", StringComparison.OrdinalIgnoreCase);
}
