using System.Collections.Concurrent;
using VideoGen.FakeHub.Faults;
using VideoGen.SystemTests.Clusters.Processes;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Clusters.Clients;

/// <summary>
/// A steady stream of orders over all APIs. One in twelve becomes a film; the rest fails at the provider, every third after some
/// seconds, because ffmpeg on two cores would be all that is tested.
/// </summary>
internal sealed class OrderStream(RealCluster cluster, string image) : IAsyncDisposable
{
    private const int Customers = 4;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<string> _accepted = [];
    private readonly ConcurrentQueue<string> _unclear = [];
    private readonly int[] _acceptedBy = new int[RealCluster.ApiCount];
    private Paced? _customers;
    private int _number;

    /// <summary>The ids that were answered with 200: none of them may be lost.</summary>
    public IReadOnlyCollection<string> Accepted => _accepted;

    /// <summary>The scripts of orders without such an answer: each may have been accepted all the same, once.</summary>
    public IReadOnlyCollection<string> Unclear => _unclear;

    public void Start()
    {
        cluster.Hub.Faults.Add(FaultKind.FailJob, "fails", status: 500);
        cluster.Hub.Faults.Add(FaultKind.RenderTime, "slowly", seconds: 6);
        _customers = new(Customers, Pace, customer => OrderAsync(customer % RealCluster.ApiCount));
    }

    /// <summary>Waits until so many more orders were accepted by this API, or by every one.</summary>
    public async Task FlowsAsync(int more, int? api = null)
    {
        int[] apis = api is { } one ? [one] : [.. Enumerable.Range(0, RealCluster.ApiCount)];
        var goals = apis.ToDictionary(index => index, index => Volatile.Read(ref _acceptedBy[index]) + more);
        await WaitAsync(
            () => goals.All(goal => Volatile.Read(ref _acceptedBy[goal.Key]) >= goal.Value), "Orders are not accepted any more.");
    }

    /// <summary>Waits until an order is refused.</summary>
    public Task StopsAsync()
    {
        var before = _unclear.Count;
        return WaitAsync(() => _unclear.Count > before, "Orders are still accepted.");
    }

    /// <summary>Takes no more orders, and throws what went wrong with those that were given.</summary>
    public Task EndAsync() => _customers!.EndAsync();

    public ValueTask DisposeAsync() => _customers?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task WaitAsync(Func<bool> isThere, string complaint)
    {
        await Eventually.TrueAsync(() => _customers!.IsOver || isThere(), complaint);
        if (_customers!.IsOver)
        {
            await _customers.EndAsync();
        }
    }

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
