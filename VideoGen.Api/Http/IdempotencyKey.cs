namespace VideoGen.Api.Http;

/// <summary>The <c>Idempotency-Key</c> header: 1–255 visible ASCII characters, compared exactly.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    private const int MaxLength = 255;

    public static string? Read(HttpRequest request, FieldErrors errors)
    {
        if (!request.Headers.TryGetValue(Header, out var values))
        {
            return null;
        }

        if (values is [{ } key] && IsValid(key))
        {
            return key;
        }

        errors.Add(Header, "Idempotency-Key must be one value of 1 to 255 visible ASCII characters.");
        return null;
    }

    public static bool IsValid(string key) =>
        key.Length is >= 1 and <= MaxLength && key.All(character => character is > ' ' and <= '~');
}
