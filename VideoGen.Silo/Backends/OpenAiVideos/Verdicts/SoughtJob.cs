using System.Text.Json;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.OpenAiVideos.Verdicts;

/// <summary>
/// What is known about a job whose id is not: its script, and when it can have been created. Fields that were not sent are null.
/// </summary>
internal sealed record SoughtJob(string Prompt, DateTimeOffset PlannedAt, TimeSpan SubmitTimeout)
{
    /// <summary>Clocks in headers and lists count whole seconds, and clocks are not exact.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    public string? Size { get; init; }

    public string? Seconds { get; init; }

    public string? Seed { get; init; }

    /// <summary>
    /// How an entry of the list compares; <paramref name="ahead"/> is how far the server's clock is ahead of ours.
    /// </summary>
    public Likeness Compare(JsonElement entry, TimeSpan ahead)
    {
        var created = CreatedAt(entry) - ahead;
        if (created < PlannedAt - Tolerance)
        {
            return Likeness.Older;
        }

        if (entry.Text("prompt") is not { } prompt)
        {
            return Likeness.Unclear;
        }

        if (prompt.Trim() != Prompt.Trim())
        {
            return Likeness.Other;
        }

        return created <= PlannedAt + SubmitTimeout + Tolerance && Same(entry, "size", Size) && Same(entry, "seconds", Seconds)
            && Same(entry, "seed", Seed)
            ? Likeness.Same
            : Likeness.Doubtful;
    }

    /// <summary>By the server's clock; null when it does not say.</summary>
    public static DateTimeOffset? CreatedAt(JsonElement entry) =>
        entry.Get("created_at") is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var seconds)
            && seconds is >= 0 and < 100_000_000_000
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;

    private static bool Same(JsonElement entry, string field, string? sent) =>
        sent is null || entry.Get(field) is not { } value || value.ToString() == sent;
}

/// <summary>How an entry of a list compares with the job that is sought.</summary>
internal enum Likeness
{
    /// <summary>It was created before the request was planned.</summary>
    Older,

    /// <summary>It has another script.</summary>
    Other,

    /// <summary>It does not say what it renders.</summary>
    Unclear,

    /// <summary>It has the script, but a detail or its time does not fit.</summary>
    Doubtful,

    /// <summary>All that it says fits.</summary>
    Same,
}
