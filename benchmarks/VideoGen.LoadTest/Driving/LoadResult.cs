using System.Collections.Concurrent;
using HdrHistogram;

namespace VideoGen.LoadTest.Driving;

/// <summary>
/// What came of a load: how many answers in which time, what was no success, and the latencies in microseconds.
/// </summary>
internal sealed record LoadResult(long Answers, TimeSpan Took, LongHistogram Latencies,
    ConcurrentDictionary<string, int> Failures)
{
    /// <summary>Longer ones count as this.</summary>
    public const long LongestMicroseconds = 120_000_000;

    public double Rate => Answers / Took.TotalSeconds;

    /// <exception cref="InvalidOperationException">Fewer were answered with success.</exception>
    public LoadResult EnsureSuccess(long requests) => Failures.IsEmpty && Answers == requests
        ? this
        : throw new InvalidOperationException(
            $"{Answers} answers to {requests} requests, not well: {string.Join(", ", Failures)}");

    public double Milliseconds(double percentile) => Latencies.GetValueAtPercentile(percentile) / 1000.0;

    public static LongHistogram NewHistogram() => new(LongestMicroseconds, 3);
}
