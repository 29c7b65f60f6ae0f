using Microsoft.Extensions.Options;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Ports;

namespace VideoGen.Api.Live;

/// <summary>
/// Who watches what in this process. News come in as they happen; because they may be lost, every watched generation that was not
/// heard of for a while is due to be read again, soon after a watcher has come and then less and less often.
/// </summary>
internal sealed class WatchRoom(IOptions<LiveOptions> options, TimeProvider time)
{
    /// <summary>The silos learn within milliseconds what is watched; what changed before that is found by this read.</summary>
    private static readonly TimeSpan FirstRead = TimeSpan.FromSeconds(0.25);

    private readonly Lock _gate = new();
    private readonly Dictionary<Topic, Audience> _audiences = [];

    /// <summary>Somebody watches what nobody watched before.</summary>
    public event Action<Topic>? Opened;

    /// <summary>What is watched now.</summary>
    public IReadOnlyList<Topic> Topics
    {
        get
        {
            lock (_gate)
            {
                return [.. _audiences.Keys];
            }
        }
    }

    /// <summary>Begins a watch, which ends when it is disposed.</summary>
    public Watch Enter(Topic topic)
    {
        var watch = new Watch(leaving => Leave(topic, leaving));
        bool isNew;
        lock (_gate)
        {
            isNew = !_audiences.TryGetValue(topic, out var audience);
            audience ??= _audiences[topic] = new Audience();
            audience.Watches.Add(watch);
            audience.ReadSoon(time.GetUtcNow(), FirstRead);
        }

        if (isNew)
        {
            Opened?.Invoke(topic);
        }

        return watch;
    }

    /// <summary>Passes on what a silo told.</summary>
    public void Hear(NewsItem item)
    {
        lock (_gate)
        {
            Pass(item);
            if (_audiences.TryGetValue(Topic.Owner(item.Owner), out var feed))
            {
                feed.Post(item);
            }
        }
    }

    /// <summary>Passes on what a read of a watched generation found; null when it is not there any more.</summary>
    public void Found(string generationId, GenerationSnapshot? generation)
    {
        lock (_gate)
        {
            Pass(generation is null ? new NewsItem("", generationId, null) : NewsItem.Of(generation));
        }
    }

    /// <summary>The watched generations that are to be read now; each is due again later.</summary>
    public IReadOnlyList<string> TakeDue()
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            var due = _audiences.Where(pair => !pair.Key.IsOwner && pair.Value.ReadAt <= now).ToList();
            foreach (var (_, audience) in due)
            {
                audience.ReadLater(now, Shorter(audience.Patience * 3, options.Value.ReadAgain));
            }

            return [.. due.Select(pair => pair.Key.Key)];
        }
    }

    /// <summary>
    /// News of these may have been lost: the generations are due, and whoever watches all of an owner's has to look at the list again.
    /// </summary>
    public void MissedNews(IEnumerable<Topic> topics)
    {
        lock (_gate)
        {
            foreach (var topic in topics.Where(_audiences.ContainsKey))
            {
                var audience = _audiences[topic];
                audience.ReadNow(time.GetUtcNow(), FirstRead);
                if (topic.IsOwner)
                {
                    audience.Watches.ForEach(watch => watch.Miss());
                }
            }
        }
    }

    private void Pass(NewsItem item)
    {
        if (_audiences.TryGetValue(Topic.Generation(item.GenerationId), out var audience))
        {
            audience.Post(item);
        }
    }

    private void Leave(Topic topic, Watch watch)
    {
        lock (_gate)
        {
            if (_audiences.TryGetValue(topic, out var audience) && audience.Watches.Remove(watch) && audience.Watches.Count == 0)
            {
                _audiences.Remove(topic);
            }
        }
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private sealed class Audience
    {
        public List<Watch> Watches { get; } = [];

        public TimeSpan Patience { get; private set; }

        public DateTimeOffset ReadAt { get; private set; } = DateTimeOffset.MaxValue;

        public void Post(NewsItem item) => Watches.ForEach(watch => watch.Post(item));

        public void ReadNow(DateTimeOffset now, TimeSpan patience) => (Patience, ReadAt) = (patience, now);

        /// <summary>Unless a read comes even sooner: who keeps coming must not put it off.</summary>
        public void ReadSoon(DateTimeOffset now, TimeSpan patience)
        {
            if (ReadAt > now + patience)
            {
                ReadLater(now, patience);
            }
        }

        public void ReadLater(DateTimeOffset now, TimeSpan patience) => (Patience, ReadAt) = (patience, now + patience);
    }
}
