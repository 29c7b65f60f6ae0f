using System.Collections.Concurrent;
using VideoGen.LoadTest.Driving;
using VideoGen.LoadTest.Running;

namespace VideoGen.LoadTest.Soaking;

/// <summary>
/// What users do: few order, many look. Orders, uploads, lists, status polls, ranges of films, each at a rate of its own, and
/// event streams beside them. Films are finished with ffmpeg on this machine, so orders are few.
/// </summary>
internal sealed class Day(Deployment deployment, string image)
{
    private const int Recent = 1000;
    private const int Watchers = 50;

    private readonly ConcurrentQueue<string> _recent = new();

    /// <summary>The path of the film that was seen last.</summary>
    private volatile string? _film;

    /// <summary>Everything that was accepted.</summary>
    public ConcurrentBag<string> Accepted { get; } = [];

    public async Task<IReadOnlyDictionary<string, LoadResult>> RunAsync(TimeSpan time)
    {
        using var end = new CancellationTokenSource(time);
        var watching = Task.WhenAll(Enumerable.Range(0, Watchers).Select(_ => WatchAsync(end.Token)));
        byte[] order = RawRequest.Order(image, seconds: 3, side: 512), upload = RawRequest.Upload();
        var list = RawRequest.Get("/generations");
        (string Name, double Rate, Load Load)[] kinds =
        [
            ("submit", 1 / 3.0, new Load(deployment.Targets, 4) { Request = _ => order, Answered = Note }),
            ("status", 100, new Load(deployment.Targets, 16)
            {
                Request = _ => OfRecent(id => $"/generation/{id}", list),
                Answered = answer => _film = answer.Film() ?? _film,
            }),
            ("list of ten", 10, new Load(deployment.Targets, 4) { Request = _ => list }),
            ("upload", 1, new Load(deployment.Targets, 4) { Request = _ => upload }),
            ("range of a film", 20, new Load(deployment.Targets, 4)
            {
                Request = _ => RawRequest.Get(_film ?? image, "Range: bytes=0-65535\r\n"),
            }),
        ];
        var results = await Task.WhenAll(kinds.Select(kind => kind.Load.RunAsync(time, kind.Rate)));
        await watching;
        return kinds.Zip(results).ToDictionary(pair => pair.First.Name, pair => pair.Second);
    }

    private void Note(RawAnswer answer)
    {
        var id = answer.GenerationId();
        Accepted.Add(id);
        _recent.Enqueue(id);
        while (_recent.Count > Recent)
        {
            _recent.TryDequeue(out _);
        }
    }

    private byte[] OfRecent(Func<string, string> path, byte[] otherwise)
    {
        var ids = _recent.ToArray();
        return ids.Length == 0 ? otherwise : RawRequest.Get(path(ids[Random.Shared.Next(ids.Length)]));
    }

    /// <summary>A stream may be cut off by a kill; whoever watches comes again.</summary>
    private async Task WatchAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                using var stream = await deployment.Client.GetStreamAsync("/events", end);
                await stream.CopyToAsync(Stream.Null, end);
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
