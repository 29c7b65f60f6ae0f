using System.Security.Cryptography;
using System.Text;

namespace VideoGen.Silo.Tests.Media;

/// <summary>
/// AWS Signature Version 4 of a request as a server computes it, which the server of the tests does not:
/// docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html.
/// </summary>
internal static class SignatureV4
{
    /// <summary>Whether a raw request without a query carries the signature of this secret.</summary>
    public static bool IsValid(string request, string secret)
    {
        var lines = request[..request.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(':', 2))
            .ToDictionary(part => part[0].ToLowerInvariant(), part => part[1].Trim(), StringComparer.Ordinal);

        // AWS4-HMAC-SHA256 Credential=KEY/20261124/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=HEX
        var parts = headers["authorization"].Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
            .Skip(1).Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);
        var scope = parts["Credential"].Split('/')[1..];
        var start = lines[0].Split(' ');
        var signed = string.Concat(parts["SignedHeaders"].Split(';').Select(name => $"{name}:{headers[name]}\n"));
        var canonical = $"{start[0]}\n{start[1]}\n\n{signed}\n{parts["SignedHeaders"]}\n{headers["x-amz-content-sha256"]}";
        var toSign = $"AWS4-HMAC-SHA256\n{headers["x-amz-date"]}\n{string.Join('/', scope)}\n"
            + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        var key = scope.Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), Sign);
        return Convert.ToHexStringLower(Sign(key, toSign)) == parts["Signature"];
    }

    private static byte[] Sign(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
