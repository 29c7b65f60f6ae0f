using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Backends;

namespace VideoGen.Silo.Backends.LocalRenders;

/// <summary>
/// The renders of this process by generation and attempt; those that have ended are remembered for a limited time.
/// </summary>
internal sealed class LocalRenderTable(IOptions<LocalRenderOptions> options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Key, LocalRenderJob> _jobs = [];
    private readonly Queue<(LocalRenderJob Job, long At)> _over = [];

    /// <summary>
    /// Adds a job if <paramref name="admit"/> accepts it. A known job stays, unless it was interrupted: then the new one replaces
    /// it. False when it was not accepted.
    /// </summary>
    public bool TryAdd(LocalRenderJob job, Func<LocalRenderJob, bool> admit)
    {
        lock (_lock)
        {
            Forget();
            var key = KeyOf(job.Request);
            if (_jobs.TryGetValue(key, out var known) && known.State is not LocalRenderState.Interrupted)
            {
                return true;
            }

            if (!admit(job))
            {
                return false;
            }

            _jobs[key] = job;
            return true;
        }
    }

    public bool TryGet(RenderRequest request, [NotNullWhen(true)] out LocalRenderJob? job)
    {
        lock (_lock)
        {
            return _jobs.TryGetValue(KeyOf(request), out job);
        }
    }

    /// <summary>Starts the time after which an ended job is forgotten.</summary>
    public void Remember(LocalRenderJob job)
    {
        lock (_lock)
        {
            _over.Enqueue((job, time.GetTimestamp()));
            Forget();
        }
    }

    private void Forget()
    {
        while (_over.TryPeek(out var oldest)
            && (time.GetElapsedTime(oldest.At) > options.Value.RememberFor || _over.Count > options.Value.MaxRemembered))
        {
            _over.Dequeue();
            var key = KeyOf(oldest.Job.Request);
            if (_jobs.GetValueOrDefault(key) == oldest.Job)
            {
                _jobs.Remove(key);
            }
        }
    }

    private static Key KeyOf(RenderRequest request) => new(request.GenerationId, request.Attempt);

    private readonly record struct Key(string GenerationId, int Attempt);
}
