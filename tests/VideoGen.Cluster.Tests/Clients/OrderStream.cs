using System.Collections.Concurrent;
using VideoGen.Cluster.Tests.Processes;
using VideoGen.FakeHub.Faults;
using VideoGen.Testing;

namespace VideoGen.Cluster.Tests.Clients;

/// <summary>
/// A steady stream of orders over all APIs. One in twelve becomes a film; the rest fails at the provider, every third after some
/// seconds, because ffmpeg on two cores would be all that is tested.
/// </summary>
internal sealed class OrderStream(RealCluster cluster, string image) : IAsyncDisposable
{
    private const int Customers = 4;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _accepted = [];
    private readonly ConcurrentQueue<string> _unclear = [];
    private readonly int[] _acceptedBy = new int[RealCluster.ApiCount];
    private Task _running = Task.CompletedTask;
    private int _number;

    /// <summary>The ids that were answered with 200: none of them may be lost.</summary>
    public IReadOnlyCollection<string> Accepted => _accepted;

    /// <summary>The scripts of orders without such an answer: each may have been accepted all the same, once.</summary>
    public IReadOnlyCollection<string> Unclear => _unclear;

    public void Start()
    {
        cluster.Hub.Faults.Add(FaultKind.FailJob, "fails", status: 500);
        cluster.Hub.Faults.Add(FaultKind.RenderTime, "slowly", seconds: 6);
        _running = Task.WhenAll(Enumerable.Range(0, Customers).Select(customer =>
            Paced.RepeatAsync(Pace, () => OrderAsync(customer % RealCluster.ApiCount), _stop.Token)));
    }

    /// <summary>Waits until so many more orders were accepted by this API, or by every one.</summary>
    public async Task FlowsAsync(int more, int? api = null)
    {
        int[] apis = api is { } one ? [one] : [.. Enumerable.Range(0, RealCluster.ApiCount)];
        var goals = apis.ToDictionary(index => index, index => Volatile.Read(ref _acceptedBy[index]) + more);
        await Eventually.TrueAsync(
            () => _running.IsFaulted || goals.All(goal => Volatile.Read(ref _acceptedBy[goal.Key]) >= goal.Value),
            "Orders are not accepted any more.");
        await ThrowAsync();
    }

    /// <summary>Waits until an order is refused.</summary>
    public async Task StopsAsync()
    {
        var before = _unclear.Count;
        await Eventually.TrueAsync(() => _running.IsFaulted || _unclear.Count > before, "Orders are still accepted.");
        await ThrowAsync();
    }

    /// <summary>Takes no more orders, and throws what went wrong with those that were given.</summary>
    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private Task ThrowAsync() => _running.IsFaulted ? _running : Task.CompletedTask;

    private async Task OrderAsync(int api)
    {
        var script = ScriptOf(Interlocked.Increment(ref _number));
        var answer = await Answer.AskAsync(cluster, api, client => client.PostOrderAsync(image, script));
        if (answer.IsOk)
        {
            _accepted.Enqueue(answer.Body.Text("id")!);
            Interlocked.Increment(ref _acceptedBy[api]);
            return;
        }

        Assert.True(answer.IsRetryLater || answer.Status is null, $"\"{script}\" was answered {answer}");
        _unclear.Enqueue(script);
    }

    private static string ScriptOf(int number) => (number % 12, number % 3) switch
    {
        (0, _) => $"Order {number} becomes a film.",
        (_, 1) => $"Order {number} fails slowly.",
        _ => $"Order {number} fails.",
    };
}
