using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.HuggingFace.Providers;

/// <summary>What a status of a job means.</summary>
internal enum StatusMeaning
{
    /// <summary>A status that is not in the table: the job is assumed to be running, and the status is reported.</summary>
    New,
    Running,
    Done,
    Failed,
}

/// <summary>
/// A job status, read with one table for all providers. Models change behind the same API, gateways pass on the statuses of
/// others, sometimes in upper case, and a missed status makes a paid video wait for its whole deadline.
/// </summary>
internal sealed record StatusWord(string Text, StatusMeaning Meaning)
{
    private static readonly Dictionary<string, StatusMeaning> Known = new[]
    {
        (StatusMeaning.Running, "queued queueing in_queue enqueued pending waiting created submitted accepted received scheduled "
            + "preparing prepared starting started initializing initialized loading warming_up processing in_progress running "
            + "rendering generating working active uploading finalizing throttled retrying paused canceling cancelling"),
        (StatusMeaning.Done, "completed complete succeeded succeed success successful done finished ready"),
        (StatusMeaning.Failed, "failed failure fail error errored cancelled canceled cancel timeout timed_out timedout expired "
            + "aborted abort rejected denied nsfw moderated request_moderated content_moderated content_filtered flagged blocked "
            + "terminated killed crashed stopped"),
    }.SelectMany(row => row.Item2.Split(' ').Select(word => (Word: word, Meaning: row.Item1)))
        .ToDictionary(entry => entry.Word, entry => entry.Meaning, StringComparer.Ordinal);

    // "TASK_STATUS_SUCCEED"
    private static readonly string[] Prefixes = ["task_status_", "job_status_", "status_"];

    /// <summary>Null when there is no status.</summary>
    public static StatusWord? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var word = text.Trim().ToLowerInvariant().Replace('-', '_').Replace(' ', '_');
        word = Array.Find(Prefixes, prefix => word.StartsWith(prefix, StringComparison.Ordinal)) is { } start
            ? word[start.Length..]
            : word;
        return new StatusWord(text.Trim(), Known.GetValueOrDefault(word));
    }

    public JobStatus.Running Running(double? progress, int? queuePosition = null) =>
        new(progress, queuePosition, Meaning is StatusMeaning.New ? Text : null);

    /// <summary>The job failed: with the provider's message, and with its status where only that gives the reason.</summary>
    public JobStatus.Failed Failed(string? words)
    {
        var status = Text.ToLowerInvariant();
        var tellsMore = ProviderText.TellOfRefusedContent(status) && !ProviderText.TellOfRefusedContent(words);
        return new JobStatus.Failed(
            words is null ? $"The job is {status}." : tellsMore ? $"{words} ({status})" : words);
    }
}
