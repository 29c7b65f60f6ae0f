using VideoGen.FakeHub.Jobs;

namespace VideoGen.FakeHub.Requests;

/// <summary>What became of a submit.</summary>
public enum SubmitFate
{
    /// <summary>There is a job, whatever the client was told.</summary>
    Accepted,

    /// <summary>There is no job, and the client was told so or got nonsense.</summary>
    Refused,

    /// <summary>There is no job, and the client was told nothing.</summary>
    Dropped,
}

/// <summary>One submit that arrived, at one of this server's ports.</summary>
public sealed record LoggedSubmit(
    long Number, DateTimeOffset At, string Provider, string Model, string Prompt, SubmitFate Fate, string? JobId, int Port);

/// <summary>How many submits arrived, and how many of them became jobs that would be paid for.</summary>
public sealed record SubmitCount(int Arrived, int Accepted);

/// <summary>The newest 50,000 submits.</summary>
public sealed class SubmitLog(TimeProvider time)
{
    private readonly BoundedLog<LoggedSubmit> _log = new(50_000);

    /// <summary>All submits, oldest first.</summary>
    public IReadOnlyList<LoggedSubmit> All => _log.Entries;

    /// <summary>Counts the submits whose prompt contains the text.</summary>
    public SubmitCount Count(string prompt)
    {
        var submits = All.Where(submit => submit.Prompt.Contains(prompt, StringComparison.Ordinal)).ToList();
        return new(submits.Count, submits.Count(submit => submit.Fate is SubmitFate.Accepted));
    }

    /// <summary>Forgets all submits.</summary>
    public void Clear() => _log.Clear();

    internal void Add(HttpContext context, Order order, SubmitFate fate, string? jobId = null) =>
        _log.Add(number => new(
            number, time.GetUtcNow(), order.Provider, order.Model, order.Prompt, fate, jobId, context.Connection.LocalPort));
}
