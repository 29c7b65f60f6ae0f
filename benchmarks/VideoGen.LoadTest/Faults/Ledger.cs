using System.Text.Json;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Faults;

/// <summary>One line of a generation's log, as the API shows it.</summary>
internal sealed record LedgerLine(DateTimeOffset At, string Kind, int Attempt, string Message)
{
    public static IReadOnlyList<LedgerLine> ReadAll(JsonElement log) =>
        [.. log.GetProperty("entries").EnumerateArray().Select(Read)];

    private static LedgerLine Read(JsonElement line) => new(
        line.GetProperty("at").GetDateTimeOffset(), line.Text("kind")!, line.GetProperty("attempt").GetInt32(),
        line.Text("message")!);
}

/// <summary>
/// One attempt of a generation, as its log tells it: when it began, when the next thing was known, and what that was. Whatever
/// came after a job was known is <c>accepted</c>.
/// </summary>
internal sealed record LedgerAttempt(int Number, DateTimeOffset Begun, DateTimeOffset Known, string Outcome, string Message)
{
    public const string Accepted = "accepted";

    private static readonly string[] OfJob = ["submitted", "reopened", "rendered", "stored", "completed"];
    private static readonly string[] Others = ["refused", "outcome_unknown", "interrupted", "failed", "canceled"];

    /// <summary>Whether the service could not know whether there is a job.</summary>
    public bool IsUnknown => Outcome is "outcome_unknown" or "interrupted";

    public static IReadOnlyList<LedgerAttempt> Of(IReadOnlyList<LedgerLine> log) =>
        [.. log.Where(line => line.Kind == "attempt_started").Select(start => Of(start, log))];

    private static LedgerAttempt Of(LedgerLine start, IReadOnlyList<LedgerLine> log)
    {
        var lines = log.SkipWhile(line => !ReferenceEquals(line, start)).Where(line => line.Attempt == start.Attempt).ToList();
        var first = lines.FirstOrDefault(line => OfJob.Contains(line.Kind) || Others.Contains(line.Kind));
        var outcome = lines.Exists(line => OfJob.Contains(line.Kind)) ? Accepted : first?.Kind ?? "open";
        return new(start.Attempt, start.At, first?.At ?? DateTimeOffset.MaxValue, outcome, first?.Message ?? "");
    }
}
