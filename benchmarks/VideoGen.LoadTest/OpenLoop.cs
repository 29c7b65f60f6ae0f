using System.Diagnostics;

namespace VideoGen.LoadTest;

/// <summary>
/// Sends requests at fixed times, whether or not earlier ones are answered, and counts each from the time it was due: a server that
/// stalls can not hide the requests that wait behind the stall.
/// </summary>
internal static class OpenLoop
{
    public static async Task<Latencies> RunAsync(int count, TimeSpan interval, Func<Task> request)
    {
        var clock = Stopwatch.StartNew();
        var answers = new Task<double>[count];
        for (var i = 0; i < count; i++)
        {
            var due = interval * i;
            if (due - clock.Elapsed is { Ticks: > 0 } early)
            {
                await Task.Delay(early);
            }

            answers[i] = SendAsync(due);
        }

        return new Latencies(await Task.WhenAll(answers));

        async Task<double> SendAsync(TimeSpan due)
        {
            await request();
            return (clock.Elapsed - due).TotalMilliseconds;
        }
    }
}

/// <summary>Milliseconds, sorted.</summary>
internal sealed class Latencies
{
    private readonly double[] _sorted;

    public Latencies(double[] milliseconds) => Array.Sort(_sorted = milliseconds);

    public double At(double quantile) => _sorted[(int)Math.Min(_sorted.Length - 1, Math.Ceiling(quantile * _sorted.Length))];
}
