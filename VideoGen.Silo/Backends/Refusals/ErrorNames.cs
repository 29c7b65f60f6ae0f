namespace VideoGen.Silo.Backends.Refusals;

/// <summary>
/// Machine-readable error names (<c>"code":"insufficient_quota"</c>, <c>"type":"content_policy_violation"</c>) from fal.ai's
/// documentation, from the OpenAI dialect that several providers use, and from pydantic, which validates the input of most
/// models.
/// </summary>
internal static class ErrorNames
{
    private static readonly Dictionary<string, RefusalKind> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["content_policy_violation"] = RefusalKind.Content,
        ["content_policy"] = RefusalKind.Content,
        ["content_filter"] = RefusalKind.Content,
        ["content_moderation"] = RefusalKind.Content,
        ["content_moderated"] = RefusalKind.Content,
        ["content_rejected"] = RefusalKind.Content,
        ["moderation_blocked"] = RefusalKind.Content,
        ["nsfw"] = RefusalKind.Content,
        ["nsfw_content"] = RefusalKind.Content,
        ["sensitive_content"] = RefusalKind.Content,
        ["new_sensitive"] = RefusalKind.Content,
        ["insufficient_quota"] = RefusalKind.Credit,
        ["insufficient_credits"] = RefusalKind.Credit,
        ["insufficient_balance"] = RefusalKind.Credit,
        ["insufficient_funds"] = RefusalKind.Credit,
        ["exhausted_balance"] = RefusalKind.Credit,
        ["payment_required"] = RefusalKind.Credit,
        ["billing_hard_limit_reached"] = RefusalKind.Credit,
        ["rate_limit_exceeded"] = RefusalKind.Rate,
        ["rate_limit_error"] = RefusalKind.Rate,
        ["rate_limited"] = RefusalKind.Rate,
        ["too_many_requests"] = RefusalKind.Rate,
        ["invalid_api_key"] = RefusalKind.Token,
        ["invalid_token"] = RefusalKind.Token,
        ["authentication_error"] = RefusalKind.Token,
        ["model_not_found"] = RefusalKind.Model,
        ["model_not_available"] = RefusalKind.Model,
        ["model_not_supported"] = RefusalKind.Model,
    };

    // Names from pydantic and fal.ai's names for picture errors ("Errors", September 2026).
    private static readonly HashSet<string> AboutInput = new(StringComparer.OrdinalIgnoreCase)
    {
        "missing", "extra_forbidden", "literal_error", "enum", "too_long", "too_short", "string_too_long", "string_too_short",
        "greater_than", "greater_than_equal", "less_than", "less_than_equal", "multiple_of", "string_pattern_mismatch",
        "image_load_error", "image_too_small", "image_too_large", "file_download_error", "file_too_large", "face_detection_error",
        "unsupported_image_format", "one_of", "sequence_too_long", "sequence_too_short", "json_invalid",
    };

    public static RefusalKind? Find(string name) => Known.TryGetValue(name, out var kind) ? kind : null;

    /// <summary>Whether the name reports an invalid input field, so that the message adds nothing.</summary>
    public static bool IsAboutInput(string name) => AboutInput.Contains(name)
        || name.EndsWith("_parsing", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("_type", StringComparison.OrdinalIgnoreCase);
}
