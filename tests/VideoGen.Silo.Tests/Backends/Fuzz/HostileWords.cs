namespace VideoGen.Silo.Tests.Backends.Fuzz;

/// <summary>The words of hostile answers: as JSON where JSON is meant.</summary>
internal static class HostileWords
{
    public static readonly string[] Names =
    [
        .. new[]
        {
            "status", "request_id", "response_url", "cancel_url", "status_url", "queue_position", "video", "url", "id", "data",
            "urls", "get", "outputs", "output", "video_url", "task", "task_id", "content", "error", "detail", "message", "msg",
            "loc", "type", "code", "errors", "progress", "progress_percent", "estimated_time", "has_nsfw_contents",
                "generated_video",
            "inferenceProviderMapping", "providerId", "provider", "adapter", "adapterWeightsPath", "fal-ai", "wavespeed",
            "together", "novita", "", "\\ud800", "\\u0000", "__proto__",
        }.Select(name => $"\"{name}\""),
    ];

    public static readonly string[] Texts =
    [
        .. new[]
        {
            "", " ", ".", "..", "../..", "/", "a b", "x?y=1#z", "%2e%2e/%2e%2e", "\\u0000", "\\n\\r", "\\ud800", "\\udc00x",
                "\\u202e",
            "COMPLETED", "IN_QUEUE", "completed", "succeeded", "failed", "cancelled", "ALREADY_COMPLETED", "live", "error",
            "image-to-video", "lora", "nsfw", "not supported by provider", "loading", "764c", "https://cdn.example/a.mp4",
            "http://169.254.169.254/latest", "file:///etc/passwd", "https://user:pw@cdn.example/", "https://evil.example/../../x",
            "https://evil.example//x", "https://evil.example/%2e%2e/%2e%2e/%2e%2e/novita", "https://[::1", "//evil.example/x",
            "data:video/mp4;base64,AAAA", "data:video/mp4;base64,!", "hf_veryMuchASecret123", "Bearer hf_x", "\\\"", "é€😀",
        }.Select(text => $"\"{text}\""),
    ];

    public static readonly string[] Numbers =
    [
        "0", "-1", "1", "50", "200", "404", "503", "2147483647", "-2147483648", "9223372036854775808", "1e999", "-1e999",
            "1e-999",
        "0.5", "1.7976931348623157e308", new string('9', 5_000), "0." + new string('3', 5_000),
    ];

    public static readonly string[] Constants = ["null", "true", "false", "NaN", "undefined", "", "{", "[]", "{}"];

    public static readonly string[] Repeated = ["a", "http://", "data:", "hf_", "/", "../", "\\ud83d", "\\n", "<b>", "😀", "AAAA"];

    public static readonly string[] Headers =
    [
        "Retry-After", "RateLimit", "X-HF-Warning", "X-Error-Message", "X-Error-Code", "x-request-id", "x-fal-request-id",
        "X-Fal-Error-Type", "X-Fal-Retryable", "Location", "Content-Encoding",
    ];

    public static readonly string[] Values =
    [
        "", "0", "-5", "7", "1e9", "99999999999999999999", "NaN", "Infinity", "-Infinity", "Tue, 24 Nov 2026 10:00:00 GMT",
        "Mon, 01 Jan 0001 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "\"api\";r=0;t=55", "\"api\";r=0;t=999999999", ";t=-1",
        ";t=٣", "gzip", "br", "true", "false", "GatedRepo", "http://127.0.0.1/", "file:///etc/passwd", "runner; \u0007 \ud83d",
        new string('x', 5_000),
    ];
}
