namespace VideoGen.Grains.Webhooks;

/// <summary>A secret in the format of the Standard Webhooks specification: <c>whsec_</c> and the Base64 of 24–64 bytes.</summary>
public static class WebhookSecret
{
    private const string Prefix = "whsec_";

    /// <summary>Whether the secret is well-formed.</summary>
    public static bool IsWellFormed(string secret)
    {
        Span<byte> bytes = stackalloc byte[64];
        return secret.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out var length) && length >= 24;
    }

    /// <summary>The key of the HMAC.</summary>
    public static byte[] KeyOf(string secret) => Convert.FromBase64String(secret[Prefix.Length..]);
}
