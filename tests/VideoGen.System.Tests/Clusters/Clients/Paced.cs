namespace VideoGen.SystemTests.Clusters.Clients;

/// <summary>Some workers, each of which does something at a steady pace until all are stopped or one fails.</summary>
internal sealed class Paced : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public Paced(int workers, TimeSpan pace, Func<int, Task> act) =>
        _running = Task.WhenAll(Enumerable.Range(0, workers).Select(worker => RepeatAsync(pace, () => act(worker))));

    /// <summary>Whether it was told to stop, or one of the workers failed.</summary>
    public bool IsOver => _stop.IsCancellationRequested;

    /// <summary>Stops, and throws what went wrong.</summary>
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

    private async Task RepeatAsync(TimeSpan pace, Func<Task> act)
    {
        using var timer = new PeriodicTimer(pace);
        try
        {
            do
            {
                await act();
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The end that was asked for.
        }
        catch
        {
            await _stop.CancelAsync();    // so that the test fails now, and not when its patience is at an end
            throw;
        }
    }
}
