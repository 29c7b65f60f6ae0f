namespace VideoGen.Grains.Webhooks;

/// <summary>A secret as the Standard Webhooks specification writes it: <c>whsec_</c> and the Base64 of 24–64 bytes.</summary>
public static class WebhookSecret
{
    private const string Prefix = "whsec_";

    /// <summary>Whether it can sign.</summary>
    public static bool IsWellFormed(string secret)
    {
        Span<byte> bytes = stackalloc byte[64];
        return secret.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out var length) && length >= 24;
    }

    /// <summary>The key of the HMAC.</summary>
    public static byte[] KeyOf(string secret) => Convert.FromBase64String(secret[Prefix.Length..]);
}
