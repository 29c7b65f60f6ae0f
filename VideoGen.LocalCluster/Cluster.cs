namespace VideoGen.LocalCluster;

/// <summary>All processes, started from the store up and stopped from the APIs down.</summary>
internal sealed class Cluster
{
    private static readonly TimeSpan StorePatience = TimeSpan.FromSeconds(30);

    private readonly IReadOnlyList<Supervised> _processes;
    private readonly TimeProvider _time;

    public Cluster(IReadOnlyList<ProcessPlan> plans, ProcessStarter starter, TimeProvider time)
    {
        _time = time;
        _processes = [.. plans.Select(plan => new Supervised(plan, starter, time, status => Changed?.Invoke(status)))];
    }

    /// <summary>Called with every change of a state, from any thread.</summary>
    public event Action<ProcessStatus>? Changed;

    public IEnumerable<ProcessStatus> Statuses => _processes.Select(process => process.Status);

    /// <summary>Returns when no process is left.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken kill)
    {
        var stops = Enum.GetValues<Tier>().ToDictionary(tier => tier, _ => new CancellationTokenSource());
        try
        {
            var running = Start(Tier.Store, stops, kill);
            var ready = Task.WhenAll(Of(Tier.Store).Select(process => process.Ready));
            await Task.WhenAny(ready, Task.Delay(StorePatience, _time, stop));
            running = [.. running, .. Start(Tier.Silo, stops, kill), .. Start(Tier.Api, stops, kill)];

            // A supervision that ends by itself has failed: the rest is stopped, and its exception is thrown.
            await Task.WhenAny([Task.Delay(Timeout.InfiniteTimeSpan, stop), .. running.Select(run => run.Run)]);
            await StopAsync(running, stops);
        }
        finally
        {
            Array.ForEach([.. stops.Values], source => source.Dispose());
        }
    }

    private IEnumerable<Supervised> Of(Tier tier) => _processes.Where(process => process.Tier == tier);

    private (Tier Tier, Task Run)[] Start(Tier tier, Dictionary<Tier, CancellationTokenSource> stops, CancellationToken kill) =>
        [.. Of(tier).Select(process => (tier, process.RunAsync(stops[tier].Token, kill)))];

    private static async Task StopAsync((Tier Tier, Task Run)[] running, Dictionary<Tier, CancellationTokenSource> stops)
    {
        foreach (var tier in stops.Keys.OrderDescending())
        {
            await stops[tier].CancelAsync();
            await Task.WhenAll(running.Where(run => run.Tier == tier).Select(run => run.Run));
        }
    }
}
