using System.Text.Json.Serialization;
using VideoGen.Api.Http;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Generations;

/// <summary>What happened to a generation, oldest first; <paramref name="Truncated"/> when lines in the middle had to go.</summary>
internal sealed record GenerationLogResource(string GenerationId, IReadOnlyList<LogEntryResource> Entries, bool Truncated)
{
    public static GenerationLogResource From(LoggedGeneration logged) => new(
        logged.Generation.Id, [.. logged.Log.Lines.Select(LogEntryResource.From)], logged.Log.IsTruncated);
}

/// <summary>One thing that happened, in a word for programs and a sentence for people.</summary>
internal sealed record LogEntryResource(
    [property: JsonConverter(typeof(Milliseconds))] DateTimeOffset At,
    long Version,
    [property: JsonConverter(typeof(SnakeCase<LogKind>))] LogKind Kind,
    int Attempt,
    string Message)
{
    public static LogEntryResource From(LogLine line) => new(line.At, line.Version, line.Kind, line.Attempt, SentenceOf(line));

    private static string SentenceOf(LogLine line) => line.Kind switch
    {
        LogKind.Accepted => "The order was accepted and stored.",
        LogKind.Waiting => line.Detail ?? "It waits for its turn.",
        LogKind.AttemptStarted => line.Detail is { } who ? $"Attempt {line.Attempt} is sent to {who}." : $"Attempt {line.Attempt} begins.",
        LogKind.Submitted => "The order was taken; the film is being rendered.",
        LogKind.Refused => $"The order was not taken: {ReasonOf(line)} It is tried again.",
        LogKind.Rendered when line.Error is not null => $"{ReasonOf(line)} It is fetched again.",
        LogKind.Rendered => "The film is rendered; it is being fetched.",
        LogKind.Stored => "The rendered film is here; it is being finished.",
        LogKind.Completed => "The film is done.",
        LogKind.Interrupted when line.Status is not GenerationStatus.Failed => $"{ReasonOf(line)} It starts over by itself.",
        LogKind.OutcomeUnknown or LogKind.Failed or LogKind.Interrupted => ReasonOf(line),
        LogKind.Resumed => "The server took this up again where it was left.",
        LogKind.CancelRequested => line.Detail ?? "You asked to cancel it.",
        LogKind.Canceled => line.Detail ?? "It was canceled.",
        LogKind.Retried => "You ordered it again.",
        LogKind.Expired => "Its film is not kept any more.",
        LogKind.Reopened => "The answer to its order became known after all: the provider accepted it, and the job is followed.",
        _ => line.Detail ?? line.Kind.ToString(),
    };

    private static string ReasonOf(LogLine line) => line.Error?.Message ?? line.Detail ?? "The reason is not known.";
}
