using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Authentication;

/// <summary>
/// Creates the URLs of media. Once there are keys, URLs are signed (HMAC-SHA-256 over path and expiry), because the elements of a
/// page that show media cannot send a key. The expiry is a full hour, so a URL stays the same for an hour and caches keep their
/// content.
/// </summary>
internal sealed class MediaLinks(CurrentKeys keys, IOptions<KeyOptions> options, TimeProvider time)
{
    private const string Expires = "expires";
    private const string Signature = "signature";

    private static readonly long Hour = (long)TimeSpan.FromHours(1).TotalSeconds;

    /// <summary>Whether media are visible to their owners only.</summary>
    public bool ArePrivate => keys.Ring is not null;

    public string To(string path)
    {
        if (keys.Ring is not { } ring)
        {
            return path;
        }

        var end = ((time.GetUtcNow() + options.Value.LinkLifetime).ToUnixTimeSeconds() / Hour + 1) * Hour;
        return string.Create(CultureInfo.InvariantCulture,
            $"{path}?{Expires}={end}&{Signature}={Base64Url.EncodeToString(Sign(ring, path, end))}");
    }

    /// <summary>Whether a request may read the file with this name, by its key or by the signature of the URL.</summary>
    public bool Admit(HttpContext context, string name) =>
        keys.Ring is not { } ring || MediaOwner.Owns(context.Caller().Owner, name) || IsSigned(ring, context.Request);

    private bool IsSigned(KeyRing ring, HttpRequest request) =>
        request.Query[Expires] is [{ } expires] && request.Query[Signature] is [{ } signature]
        && long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var end)
        && end > time.GetUtcNow().ToUnixTimeSeconds()
        && Base64Url.IsValid(signature)
        && CryptographicOperations.FixedTimeEquals(Base64Url.DecodeFromChars(signature), Sign(ring, request.Path.Value!, end));

    private static byte[] Sign(KeyRing ring, string path, long end) => HMACSHA256.HashData(
        ring.LinkSecret, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{path}\n{end}")));
}
