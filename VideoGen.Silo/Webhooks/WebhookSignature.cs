using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Silo.Webhooks;

/// <summary>
/// The symmetric signature of the Standard Webhooks specification: HMAC-SHA256 over <c>{id}.{timestamp}.{body}</c>, one per
/// secret, separated by spaces. Existing libraries sign text and with one secret only; a test compares this code with one of
/// them.
/// </summary>
internal static class WebhookSignature
{
    public static string Of(IEnumerable<string> secrets, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] content = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")), .. body];
        return string.Join(' ', secrets.Select(
            secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(WebhookSecret.KeyOf(secret), content))));
    }
}
