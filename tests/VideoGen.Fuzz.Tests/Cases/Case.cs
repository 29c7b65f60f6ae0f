using VideoGen.Fuzz.Tests.Contract;

namespace VideoGen.Fuzz.Tests.Cases;

/// <summary>One request, and what may not be answered to it.</summary>
internal sealed record Case(HttpMethod Method, string Target)
{
    /// <summary>
    /// The operation that must answer it, with one of its documented statuses; null when it may be none of them.
    /// </summary>
    public Operation? Operation { get; init; }

    /// <summary>Why it must not succeed; null when it may.</summary>
    public string? Forbidden { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public byte[]? Body { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Whether the body is sent without its length.</summary>
    public bool IsChunked { get; init; }

    /// <summary>Whether the client goes away without waiting for the answer.</summary>
    public bool HangsUp { get; init; }

    /// <summary>
    /// Whether the web server itself may refuse it before the product sees it, or end the connection under a huge body.
    /// </summary>
    public bool IsCrude { get; init; }

    public override string ToString() =>
        $"{Method} {Short(Target)} {string.Join(' ', Headers.Select(header => $"[{header.Name}: {Short(header.Value)}]"))} "
        + $"{ContentType} {(Body is null ? "" : $"{Body.Length} bytes {Short(System.Text.Encoding.Latin1.GetString(Body))}")}"
        + (Forbidden is null ? "" : $" (forbidden: {Forbidden})");

    private static string Short(string text) => text.Length <= 300 ? text : text[..300] + "\u2026";
}
