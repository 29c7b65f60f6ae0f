using System.Globalization;
using System.Text.Json;
using VideoGen.Silo.Backends.Refusals;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.ComfyUi;

/// <summary>
/// Asks a ComfyUI server how a job stands: by the jobs route, or, at versions without it, by the queue and then the history,
/// because a job moves from the one to the other.
/// </summary>
internal sealed class ComfyJobs(ComfyCalls calls, ProviderErrors errors, TimeProvider time)
{
    private const int MostRecent = 200;

    /// <summary>The date in a header counts whole seconds, and clocks are not exact.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>The mark in <c>extra_data</c> by which a submit is found where the server has chosen another id.</summary>
    public const string Mark = "videogen";

    public async Task<ComfyJob> OfAsync(string id, string? submitId, CancellationToken cancellationToken)
    {
        var answer = await calls.JobAsync(id, cancellationToken);
        return answer switch
        {
            Exchange.Reply { IsSuccess: true, Json: { } job } when job.Text("status") is not null =>
                await OfJobAsync(id, submitId, job, cancellationToken),
            Exchange.Reply { Status: 404, Json: { } json } when json.Get("error") is not null => new ComfyJob.Unknown(),
            Exchange.Reply { Status: 404 or 405 } => await InQueueAsync(id, cancellationToken)
                ?? await InHistoryAsync(id, submitId, cancellationToken),
            _ => NoAnswer(answer),
        };
    }

    /// <summary>The job of a submit of ours, and its id there, which an older server has chosen itself.</summary>
    public async Task<(string Id, ComfyJob Job)> OfSubmitAsync(
        string submitId, ComfyVersion version, CancellationToken cancellationToken)
    {
        if (version.TakesOurIds)
        {
            return (submitId, await OfAsync(submitId, submitId, cancellationToken));
        }

        var (id, noAnswer) = await FindMarkAsync(submitId, cancellationToken);
        return id is null
            ? (submitId, noAnswer ?? new ComfyJob.Unknown())
            : (id, await OfAsync(id, submitId, cancellationToken));
    }

    private async Task<(string? Id, ComfyJob? NoAnswer)> FindMarkAsync(string submitId, CancellationToken cancellationToken)
    {
        var queue = await calls.QueueAsync(cancellationToken);
        var history = await calls.RecentAsync(MostRecent, cancellationToken);
        if (Tuples(queue) is not { } waiting || history is not Exchange.Reply { IsSuccess: true, Json: { } ended })
        {
            return (null, NoAnswer(Tuples(queue) is null ? queue : history));
        }

        var prompts = ended.EnumerateObject().Select(entry => entry.Value.Get("prompt")).OfType<JsonElement>();
        var found = waiting.Concat(prompts).FirstOrDefault(prompt => MarkOf(prompt) == submitId);
        return (found.ValueKind is JsonValueKind.Array ? found[1].GetString() : null, null);
    }

    /// <summary>
    /// Whether the server remembers a job from before a moment, and so has not restarted since; by its own clock, which its
    /// answer tells. False when that is not to be seen.
    /// </summary>
    public async Task<bool> ReachBackToAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        if (await calls.JobsAsync(MostRecent, cancellationToken) is not Exchange.Reply { IsSuccess: true, Json: { } json } reply
            || !DateTimeOffset.TryParse(
                reply.Header("Date"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return false;
        }

        var there = (date - (time.GetUtcNow() - moment) - Tolerance).ToUnixTimeMilliseconds();
        return json.Items("jobs").Any(job => job.Get("create_time") is { ValueKind: JsonValueKind.Number } created
            && created.TryGetDouble(out var milliseconds) && milliseconds < there);
    }

    private async Task<ComfyJob> OfJobAsync(string id, string? submitId, JsonElement job, CancellationToken cancellationToken)
    {
        switch (job.Text("status"))
        {
            case "pending":
                return await InQueueAsync(id, cancellationToken) as ComfyJob.Pending ?? new ComfyJob.Pending();
            case "in_progress":
                return new ComfyJob.Running();
            case "completed":
                return job.Get("outputs") is { } outputs
                    ? new ComfyJob.Completed(ComfyFile.VideoIn(outputs, submitId))
                    : await InHistoryAsync(id, submitId, cancellationToken);
            case "cancelled":
                return new ComfyJob.Interrupted();
            case "failed":
                return job.Get("execution_error") is { } error ? new ComfyJob.Failed(Words(error)) : new ComfyJob.Failed(null);
            default:
                return new ComfyJob.Running();    // a word of a later version: it goes on until it says otherwise
        }
    }

    /// <summary>Null when the job is not in the queue.</summary>
    private async Task<ComfyJob?> InQueueAsync(string id, CancellationToken cancellationToken)
    {
        var answer = await calls.QueueAsync(cancellationToken);
        if (answer is not Exchange.Reply { IsSuccess: true, Json: { } queue })
        {
            return NoAnswer(answer);
        }

        if (queue.Items("queue_running").Any(item => IdOf(item) == id))
        {
            return new ComfyJob.Running();
        }

        var pending = queue.Items("queue_pending").OrderBy(NumberOf).Select(IdOf).ToList();
        return pending.IndexOf(id) is >= 0 and var index ? new ComfyJob.Pending(index + 1) : null;
    }

    private async Task<ComfyJob> InHistoryAsync(string id, string? submitId, CancellationToken cancellationToken)
    {
        var answer = await calls.HistoryAsync(id, cancellationToken);
        if (answer is not Exchange.Reply { IsSuccess: true, Json: { } history })
        {
            return NoAnswer(answer);
        }

        if (history.Get(id) is not { } entry)
        {
            return new ComfyJob.Unknown();
        }

        var messages = entry.Get("status")?.Items("messages").ToList() ?? [];
        if (entry.Get("status")?.Text("status_str") is not "error")
        {
            return new ComfyJob.Completed(
                entry.Get("outputs") is { } outputs ? ComfyFile.VideoIn(outputs, submitId) : null);
        }

        var said = messages.FirstOrDefault(message => NameOf(message) is "execution_error");
        return said is { ValueKind: JsonValueKind.Array } error
            ? new ComfyJob.Failed(error.GetArrayLength() > 1 ? Words(error[1]) : null)
            : messages.Any(message => NameOf(message) is "execution_interrupted") ? new ComfyJob.Interrupted()
            : new ComfyJob.Failed(null);
    }

    private ComfyJob.NoAnswer NoAnswer(Exchange exchange) => exchange is Exchange.Reply reply
        ? new ComfyJob.NoAnswer(
            reply.IsSuccess ? errors.Unreadable(reply) : errors.Unasked(reply, reply.Status),
            RetryHint.Read(reply, time.GetUtcNow()))
        : new ComfyJob.NoAnswer(errors.Unreachable(((Exchange.Silence)exchange).Cause), null);

    /// <summary>The message of the node that failed, with its class.</summary>
    private static string? Words(JsonElement error) => error.Text("exception_message") is { } message
        ? error.Text("node_type") is { } type ? $"{type}: {message}" : message
        : null;

    private static IEnumerable<JsonElement>? Tuples(Exchange exchange) =>
        exchange is Exchange.Reply { IsSuccess: true, Json: { } queue }
            ? queue.Items("queue_running").Concat(queue.Items("queue_pending"))
            : null;

    private static string? MarkOf(JsonElement prompt) =>
        IdOf(prompt) is not null && prompt.GetArrayLength() > 3 ? prompt[3].Text(Mark) : null;

    private static string? IdOf(JsonElement item) =>
        item.ValueKind is JsonValueKind.Array && item.GetArrayLength() > 1 && item[1].ValueKind is JsonValueKind.String
            ? item[1].GetString()
            : null;

    private static double NumberOf(JsonElement item) =>
        item.ValueKind is JsonValueKind.Array && item.GetArrayLength() > 0 && item[0].ValueKind is JsonValueKind.Number
            ? item[0].GetDouble()
            : double.MaxValue;

    private static string? NameOf(JsonElement message) =>
        message.ValueKind is JsonValueKind.Array && message.GetArrayLength() > 0 && message[0].ValueKind is JsonValueKind.String
            ? message[0].GetString()
            : null;
}
