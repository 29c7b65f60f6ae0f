using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace VideoGen.Silo.Operator;

/// <summary>
/// The token that opens the operator's pages: as the password of Basic authentication (browsers prompt for it; any user name
/// works) or as a Bearer token. It is compared in constant time.
/// </summary>
internal sealed class OperatorToken(string token)
{
    private readonly byte[] _expected = Hash(token);

    /// <summary>Answers 401 unless the request has the token.</summary>
    public Task CheckAsync(HttpContext context, RequestDelegate next) =>
        IsIn(context.Request) ? next(context) : ChallengeAsync(context.Response);

    private bool IsIn(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
        && Password(header) is { } password
        && CryptographicOperations.FixedTimeEquals(Hash(password), _expected);

    // Basic dXNlcjpwYXNzd29yZA== (RFC 7617)
    private static string? Password(AuthenticationHeaderValue header)
    {
        if (header.Parameter is null || !header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            return header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) ? header.Parameter : null;
        }

        var pair = new byte[header.Parameter.Length];
        return Convert.TryFromBase64String(header.Parameter, pair, out var length)
            && Encoding.UTF8.GetString(pair, 0, length) is var text && text.IndexOf(':') is >= 0 and var colon
            ? text[(colon + 1)..]
            : null;
    }

    private static Task ChallengeAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status401Unauthorized;
        response.Headers.WWWAuthenticate = "Basic realm=\"VideoGen\", charset=\"UTF-8\"";
        return response.CompleteAsync();
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
