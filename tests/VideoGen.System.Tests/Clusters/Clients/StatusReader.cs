using System.Collections.Concurrent;
using VideoGen.SystemTests.Clusters.Processes;

namespace VideoGen.SystemTests.Clusters.Clients;

/// <summary>
/// Asks without end how generations stand, over all APIs in turn. Every question has to be answered; while Redis is away, or by
/// an API that is just starting, the answer may be to come again later.
/// </summary>
internal sealed class StatusReader(RealCluster cluster, Func<IReadOnlyCollection<string>> ids) : IAsyncDisposable
{
    private const int Readers = 4;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentQueue<string> _wrong = [];
    private readonly ConcurrentQueue<(double Seconds, bool IsExcused)> _took = [];
    private Paced? _readers;
    private int _turn;
    private int _later;
    private int _broken;

    /// <summary>Whether 503 with Retry-After is right while Redis is there, as it is when a silo says good-bye.</summary>
    public bool MayBeLater { get; init; }

    public void Start() => _readers = new(Readers, Pace, _ => ReadAsync(Interlocked.Increment(ref _turn)));

    /// <summary>Stops, checks what was seen, and says it in a line.</summary>
    public async Task<string> EndAsync(TimeSpan patience)
    {
        await _readers!.EndAsync();
        var seconds = _took.Where(took => !took.IsExcused).Select(took => took.Seconds).Order().ToList();
        var line = $"{_took.Count} polls, {_later} were told to come later, {_broken} lost their API; " +
            $"p50 {At(0.5):0.000} s, p99 {At(0.99):0.000} s, longest {At(1):0.0} s";
        Assert.True(_wrong.IsEmpty, $"{line}; {_wrong.Count} got a wrong answer:\n{string.Join('\n', _wrong.Take(10))}");
        Assert.True(At(1) < patience.TotalSeconds, line);
        return line;

        double At(double share) => seconds.Count == 0 ? 0 : seconds[(int)(share * (seconds.Count - 1))];
    }

    public ValueTask DisposeAsync() => _readers?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task ReadAsync(int turn)
    {
        if (ids() is { Count: > 0 } known)
        {
            var id = known.ElementAt(Random.Shared.Next(known.Count));
            Note(id, await Answer.AskAsync(cluster, turn % RealCluster.ApiCount, client => client.GetAsync("/generation/" + id)));
        }
    }

    private void Note(string id, Answer answer)
    {
        if (answer.Status is null)
        {
            Interlocked.Increment(ref _broken);
            return;
        }

        _took.Enqueue((answer.Took.TotalSeconds, answer.IsExcused));
        if (answer.IsRetryLater && (MayBeLater || answer.IsExcused))
        {
            Interlocked.Increment(ref _later);
        }
        else if (!answer.IsOk)
        {
            _wrong.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff} {id}: {answer}");
        }
    }
}
