using VideoGen.FakeHub.Faults;

namespace VideoGen.FakeHub.Jobs;

/// <summary>The accepted jobs (the newest 50,000), and how many of them were unfinished at once.</summary>
public sealed class JobBoard(TimeProvider time, SettingsBoard settings)
{
    private const int Capacity = 50_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Job> _jobs = [];
    private readonly Queue<string> _age = [];
    private readonly HashSet<string> _unfinished = [];
    private readonly Dictionary<string, int> _most = [];

    /// <summary>All jobs, oldest first.</summary>
    public IReadOnlyList<Job> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _age.Select(id => _jobs[id])];
            }
        }
    }

    /// <summary>Jobs queued or rendering right now, of one provider or of all.</summary>
    public int InFlight(string? provider = null)
    {
        lock (_gate)
        {
            return CountUnfinished(provider);
        }
    }

    /// <summary>The most that <see cref="InFlight"/> has ever been. It grows with submits only, so it is counted there.</summary>
    public int MaxInFlight(string? provider = null)
    {
        lock (_gate)
        {
            return _most.GetValueOrDefault(provider ?? "");
        }
    }

    /// <summary>The jobs whose prompt contains the text, oldest first.</summary>
    public IReadOnlyList<Job> For(string prompt) =>
        [.. All.Where(job => job.Order.Prompt.Contains(prompt, StringComparison.Ordinal))];

    /// <summary>One job, or null.</summary>
    public Job? Find(string id) => Update(id, job => job);

    /// <summary>Where a job stands now.</summary>
    public JobPhase PhaseOf(Job job) => job.PhaseAt(time.GetUtcNow());

    /// <summary>Ends an unfinished job now; with its film, unless it is to fail. Null when it is not known.</summary>
    public Job? Finish(string id) => Update(id, job => PhaseOf(job) is JobPhase.Queued or JobPhase.Running
        ? job with { StartsAt = Earlier(job.StartsAt), EndsAt = time.GetUtcNow() }
        : job);

    /// <summary>Tells a job to stop; one that has ended stays as it is. Null when it is not known.</summary>
    public Job? Cancel(string id) => Update(id, job => job with { CanceledAt = job.CanceledAt ?? time.GetUtcNow() });

    /// <summary>Forgets all jobs and the highest counts.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _jobs.Clear();
            _age.Clear();
            _unfinished.Clear();
            _most.Clear();
        }
    }

    internal Job Accept(Order order, IReadOnlyList<FaultRule> faults, int port)
    {
        var now = time.GetUtcNow();
        var starts = now + PaceOf(FaultKind.QueueTime, settings.Current.QueueSeconds);
        var ends = faults.Any(rule => rule.Fault is FaultKind.NeverFinish)
            ? DateTimeOffset.MaxValue
            : starts + PaceOf(FaultKind.RenderTime, settings.Current.RenderSeconds);
        var job = new Job(Guid.CreateVersion7(now).ToString(), order, now, starts, ends)
        {
            Faults = faults,
            Port = port,
            IsShaped = settings.Current.ShapedFilms,
        };
        Keep(job);
        return job;

        TimeSpan PaceOf(FaultKind kind, double usual) =>
            TimeSpan.FromSeconds(faults.FirstOrDefault(rule => rule.Fault == kind)?.Seconds ?? usual);
    }

    internal Job? Update(string id, Func<Job, Job> change)
    {
        lock (_gate)
        {
            return _jobs.TryGetValue(id, out var job) ? _jobs[id] = change(job) : null;
        }
    }

    /// <summary>The place of a queued job among those of its provider, counted from 1.</summary>
    internal int PlaceInQueue(Job job)
    {
        lock (_gate)
        {
            return 1 + _unfinished.Select(id => _jobs[id]).Count(other => other.Order.Provider == job.Order.Provider
                && PhaseOf(other) is JobPhase.Queued
                && string.CompareOrdinal(other.Id, job.Id) < 0);
        }
    }

    private void Keep(Job job)
    {
        lock (_gate)
        {
            _jobs.Add(job.Id, job);
            _age.Enqueue(job.Id);
            _unfinished.Add(job.Id);
            if (_age.Count > Capacity)
            {
                var oldest = _age.Dequeue();
                _jobs.Remove(oldest);
                _unfinished.Remove(oldest);
            }

            var provider = job.Order.Provider;
            _most[provider] = Math.Max(_most.GetValueOrDefault(provider), CountUnfinished(provider));
            _most[""] = Math.Max(_most.GetValueOrDefault(""), CountUnfinished(null));
        }
    }

    private int CountUnfinished(string? provider)
    {
        _unfinished.RemoveWhere(id => PhaseOf(_jobs[id]) is not (JobPhase.Queued or JobPhase.Running));
        return _unfinished.Count(id => provider is null || _jobs[id].Order.Provider == provider);
    }

    private DateTimeOffset Earlier(DateTimeOffset other) => time.GetUtcNow() < other ? time.GetUtcNow() : other;
}
