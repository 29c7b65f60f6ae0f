using System.Text.Json.Serialization;
using VideoGen.Api.Http;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Generations;

/// <summary>
/// The log of a generation, oldest entry first. <paramref name="Truncated"/> if entries in the middle were removed.
/// </summary>
internal sealed record GenerationLogResource(string GenerationId, IReadOnlyList<LogEntryResource> Entries, bool Truncated)
{
    public static GenerationLogResource From(LoggedGeneration logged) => new(
        logged.Generation.Id, [.. logged.Log.Lines.Select(LogEntryResource.From)], logged.Log.IsTruncated);
}

/// <summary>One log entry, with a kind for programs and a message for people.</summary>
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
        LogKind.Accepted => "The generation was accepted and stored.",
        LogKind.Waiting => line.Detail ?? "Waiting in the queue.",
        LogKind.AttemptStarted => line.Detail is { } provider
            ? $"Attempt {line.Attempt} was sent to {provider}."
            : $"Attempt {line.Attempt} started.",
        LogKind.Submitted => "The provider accepted the request. The video is rendering.",
        LogKind.Refused => $"The provider did not accept the request: {ReasonOf(line)} Retrying.",
        LogKind.Rendered when line.Error is not null => $"{ReasonOf(line)} Retrying the download.",
        LogKind.Rendered => "The video is rendered. Downloading.",
        LogKind.Stored => "The video is downloaded. Finishing.",
        LogKind.Completed => "The video is finished.",
        LogKind.Interrupted when line.Status is not GenerationStatus.Failed => $"{ReasonOf(line)} Restarting automatically.",
        LogKind.OutcomeUnknown or LogKind.Failed or LogKind.Interrupted => ReasonOf(line),
        LogKind.Resumed => "Resumed after a restart.",
        LogKind.CancelRequested => line.Detail ?? "Cancellation was requested.",
        LogKind.Canceled => line.Detail ?? "The generation was canceled.",
        LogKind.Retried => "A retry was requested.",
        LogKind.Expired => "The video has expired and was deleted.",
        LogKind.ModelChanged => $"{ReasonOf(line)} {line.Detail} is tried instead.",
        LogKind.Reopened => "The provider had accepted the request after all. Following its job.",
        _ => line.Detail ?? line.Kind.ToString(),
    };

    private static string ReasonOf(LogLine line) => line.Error?.Message ?? line.Detail ?? "The reason is unknown.";
}
