using System.Globalization;
using System.Text.Json.Nodes;
using VideoGen.FakeHub.Faults;

namespace VideoGen.FakeHub.Router;

/// <summary>The bodies that the router and fal are known to send with each error status.</summary>
internal static class Refusals
{
    private const string Cause = "This authentication method does not have sufficient permissions to call Inference Providers";
    private const string Broke = "You have depleted your monthly included credits. "
        + "Purchase pre-paid credits to continue using Inference Providers.";

    public static Answer For(int status, string provider, FaultRule? fault = null) => status switch
    {
        400 => Error(400, $"Model not supported by provider {provider}"),
        401 => Error(401, "Invalid username or password."),
        402 => Error(402, Broke),
        403 => Error(403, $"{Cause} on behalf of user fake-user"),
        404 => Answer.Text(404, "Not Found"),
        413 => new(413, "text/html", "<html><h1>413 Request Entity Too Large</h1></html>"),
        422 => Invalid(422, "prompt", "Field required", "missing"),
        429 => RateLimited(fault?.Seconds ?? 12),
        502 => new(502, "text/html", "<html><h1>502 Bad Gateway</h1></html>"),
        503 => Error(503, "Service Unavailable"),
        504 => Broken(504, "Request timed out", "request_timeout", ("X-Fal-Request-Timeout-Type", "user")),
        499 => Broken(499, "Request was cancelled", "client_cancelled"),
        _ => Broken(status, "Internal server error", "internal_error"),
    };

    public static Answer Locked { get; } = Answer.Json(
        new JsonObject { ["detail"] = "User is locked. Reason: Exhausted balance. Top up at fal.ai/dashboard/billing." }, 403);

    public static Answer Loading(string model, double seconds) => Answer.Json(
        new JsonObject { ["error"] = $"Model {model} is currently loading", ["estimated_time"] = seconds }, 503);

    public static Answer Error(int status, string message) => Answer.Json(new JsonObject { ["error"] = message }, status);

    /// <summary>A failure of fal's machinery rather than of the model.</summary>
    public static Answer Broken(int status, string message, string type, params (string, string)[] headers) => Answer.Json(
        new JsonObject { ["detail"] = message, ["error_type"] = type }, status, [("X-Fal-Error-Type", type), .. headers]);

    /// <summary>What fal's models say of their input.</summary>
    public static Answer Invalid(int status, string field, string message, string type)
    {
        var detail = new JsonObject
        {
            ["loc"] = new JsonArray("body", field),
            ["msg"] = message,
            ["type"] = type,
            ["url"] = $"https://docs.fal.ai/errors#{type}",
        };
        return Answer.Json(new JsonObject { ["detail"] = new JsonArray(detail) }, status, ("X-Fal-Retryable", "false"));
    }

    private static Answer RateLimited(double seconds)
    {
        var wait = seconds.ToString("0", CultureInfo.InvariantCulture);
        return Answer.Json(
            new JsonObject { ["error"] = "Rate limit reached" },
            429,
            ("Retry-After", wait),
            ("RateLimit", $"\"api\";r=0;t={wait}"),
            ("RateLimit-Policy", "\"fixed window\";\"api\";q=500;w=300"));
    }
}
