using System.Security.Cryptography;
using System.Text;

namespace VideoGen.FakeHub.Requests;

/// <summary>
/// One request that arrived. <paramref name="Status"/> is null when the connection was cut. <paramref name="Scheme"/> is that of
/// the Authorization header and <paramref name="Credential"/> eight digits of its hash: enough to tell tokens apart.
/// </summary>
public sealed record LoggedRequest(
    long Number, DateTimeOffset At, string Method, string Path, string? Query, int? Status, string? JobId, string? Scheme,
    string? Credential, string? BillTo, string? ContentType, string? Accept, string? UserAgent, long? BodyBytes);

/// <summary>The newest 20,000 requests, without bodies, tokens and signatures.</summary>
public sealed class RequestLog(TimeProvider time)
{
    private readonly BoundedLog<LoggedRequest> _log = new(20_000);

    /// <summary>All requests, oldest first; a request is there when it is answered.</summary>
    public IReadOnlyList<LoggedRequest> All => _log.Entries;

    /// <summary>Forgets all requests.</summary>
    public void Clear() => _log.Clear();

    internal void Add(HttpContext context, int? status)
    {
        var request = context.Request;
        var authorization = request.Headers.Authorization.ToString().Split(' ', 2);
        _log.Add(number => new(
            number,
            time.GetUtcNow(),
            request.Method,
            request.Path,
            request.Query.ContainsKey("signature") || !request.QueryString.HasValue ? null : request.QueryString.Value,
            status,
            context.JobId(),
            authorization is [var scheme, _] ? scheme : null,
            authorization is [_, var token] ? Fingerprint(token) : null,
            Text(request.Headers["X-HF-Bill-To"]),
            Text(request.ContentType),
            Text(request.Headers.Accept),
            Text(request.Headers.UserAgent),
            request.ContentLength));
    }

    private static string Fingerprint(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)))[..8];

    private static string? Text(string? header) => string.IsNullOrEmpty(header) ? null : header;
}
