using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using HdrHistogram;

namespace VideoGen.LoadTest.Driving;

/// <summary>
/// Sends requests over a fixed number of connections, bounded in count and in time. With a rate each request is due at a fixed
/// moment and its latency counts from there, however late it could be sent: a server that stalls cannot hide what waits behind
/// the stall. Without one each connection sends as soon as it has its answer, which finds the highest rate and says nothing about
/// latencies.
/// </summary>
internal sealed class Load(IReadOnlyList<Uri> targets, int connections)
{
    /// <summary>What to send as number n.</summary>
    public required Func<long, ReadOnlyMemory<byte>> Request { get; init; }

    /// <summary>Sees each success, from any thread.</summary>
    public Action<RawAnswer>? Answered { get; init; }

    /// <summary>How long after its time a load still waits for answers: it ends, whatever the server does.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    public async Task<LoadResult> RunAsync(TimeSpan time, double? rate = null, long most = long.MaxValue)
    {
        using var end = new CancellationTokenSource(time + Patience);
        var failures = new ConcurrentDictionary<string, int>();
        var (next, answers) = (-1L, 0L);
        var clock = Stopwatch.StartNew();
        var histograms = await Task.WhenAll(Enumerable.Range(0, connections).Select(number => Task.Run(() => WorkAsync(number))));
        clock.Stop();
        if (rate is { } each && Math.Min(most, (long)Math.Ceiling(time.TotalSeconds * each)) - (next + 1) is > 0 and var unsent)
        {
            failures["not sent"] = (int)unsent;
        }

        var total = LoadResult.NewHistogram();
        Array.ForEach(histograms, total.Add);
        return new(answers, clock.Elapsed, total, failures);

        async Task<LongHistogram> WorkAsync(int number)
        {
            var histogram = LoadResult.NewHistogram();
            var target = targets[number % targets.Count];
            RawConnection? connection = null;
            while (!end.IsCancellationRequested && Interlocked.Increment(ref next) is var mine && mine < most)
            {
                var due = rate is { } perSecond ? TimeSpan.FromSeconds(mine / perSecond) : clock.Elapsed;
                if (due >= time)
                {
                    break;
                }

                if (due - clock.Elapsed is { TotalMilliseconds: > 0.2 } early)
                {
                    await Task.Delay(early.TotalMilliseconds < 1 ? TimeSpan.FromMilliseconds(1) : early);
                }

                try
                {
                    connection ??= await RawConnection.OpenAsync(target, end.Token);
                    var answer = await connection.SendAsync(Request(mine), end.Token);
                    Count(answer);
                }
                catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
                {
                    var what = exception is OperationCanceledException ? "no answer" : exception.GetType().Name;
                    failures.AddOrUpdate(what, 1, (_, count) => count + 1);
                    connection?.Dispose();
                    connection = null;
                }

                histogram.RecordValue(Math.Clamp((long)(clock.Elapsed - due).TotalMicroseconds, 0,
                    LoadResult.LongestMicroseconds));
            }

            connection?.Dispose();
            return histogram;
        }

        void Count(RawAnswer answer)
        {
            Interlocked.Increment(ref answers);
            if (answer.IsSuccess)
            {
                Answered?.Invoke(answer);
            }
            else
            {
                failures.AddOrUpdate($"HTTP {answer.Status}", 1, (_, count) => count + 1);
            }
        }
    }
}
