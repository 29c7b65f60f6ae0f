using VideoGen.FakeVideos.Books;

namespace VideoGen.FakeVideos.Jobs;

/// <summary>
/// The jobs of one life of the server: the newest 50,000. Every change is entered in the books at once; after its death nothing
/// changes any more.
/// </summary>
internal sealed class JobStore(VideosBooks books)
{
    private const int Capacity = 50_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, VideoJob> _jobs = [];
    private readonly Queue<string> _age = [];
    private bool _isClosed;

    /// <summary>The jobs that clients can see, oldest first.</summary>
    public IReadOnlyList<VideoJob> Visible
    {
        get
        {
            lock (_gate)
            {
                return [.. _age.Select(_jobs.GetValueOrDefault).OfType<VideoJob>().Where(job => !job.IsDeleted)];
            }
        }
    }

    /// <summary>Keeps a job that is accepted; false when the server is dead.</summary>
    public bool Add(VideoJob job)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return false;
            }

            _jobs.Add(job.Id, job);
            _age.Enqueue(job.Id);
            if (_age.Count > Capacity)
            {
                _jobs.Remove(_age.Dequeue());
            }

            Enter(BookEvent.CreateAccepted, job);
            return true;
        }
    }

    /// <summary>A job that clients can see, or null.</summary>
    public VideoJob? Find(string id)
    {
        lock (_gate)
        {
            return _jobs.GetValueOrDefault(id) is { IsDeleted: false } job ? job : null;
        }
    }

    /// <summary>Changes a job and enters that; null when it is gone or the server is dead.</summary>
    public VideoJob? Update(
        string id, Func<VideoJob, VideoJob> change, string? note = null, params ReadOnlySpan<BookEvent> events)
    {
        lock (_gate)
        {
            if (_isClosed || !_jobs.TryGetValue(id, out var job))
            {
                return null;
            }

            job = change(job);
            foreach (var @event in events)
            {
                Enter(@event, job, note);
            }

            if (job is { IsDeleted: true, HasEnded: true })
            {
                _jobs.Remove(id);
            }
            else
            {
                _jobs[id] = job;
            }

            return job;
        }
    }

    /// <summary>Removes a job that was aborted; null when it is gone.</summary>
    public VideoJob? Abort(string id)
    {
        lock (_gate)
        {
            if (_isClosed || !_jobs.Remove(id, out var job))
            {
                return null;
            }

            Enter(BookEvent.RunAborted, job, $"{job.Phase}");
            Enter(BookEvent.Deleted, job);
            return job;
        }
    }

    /// <summary>The server dies: enters what is lost.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            foreach (var job in _age.Select(_jobs.GetValueOrDefault).OfType<VideoJob>())
            {
                if (job is not ({ Phase: JobPhase.Failed } or { IsFetched: true }))
                {
                    Enter(BookEvent.LostByRestart, job, $"{job.Phase}");
                }
            }

            books.Add(BookEvent.Stopped, note: $"{_jobs.Count} jobs are forgotten");
        }
    }

    private void Enter(BookEvent @event, VideoJob job, string? note = null)
    {
        var request = job.Request;
        books.Add(
            @event, job.Id, request.Prompt, request.Seed, request.Size, request.Seconds, request.Picture, note);
    }
}
