namespace VideoGen.Cluster.Tests.Clients;

/// <summary>Does something at a steady pace, one after the other, until it is stopped.</summary>
internal static class Paced
{
    public static async Task RepeatAsync(TimeSpan pace, Func<Task> act, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(pace);
        try
        {
            do
            {
                await act();
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The end that was asked for.
        }
    }
}
