using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using VideoGen.Testing;

namespace VideoGen.AppHost.Tests;

/// <summary>What replicas wrote, from their start on.</summary>
internal sealed class ResourceLogs(ResourceLoggerService loggers) : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _lines = new();
    private readonly List<Task> _readers = [];

    /// <summary>Waits until one of them wrote this.</summary>
    public Task<string> FindAsync(IReadOnlyList<string> replicas, string text)
    {
        foreach (var replica in replicas.Where(replica => _lines.TryAdd(replica, new())))
        {
            _readers.Add(ReadAsync(replica));
        }

        return Eventually.GetAsync(
            () => Task.FromResult(replicas.FirstOrDefault(
                replica => _lines[replica].Any(line => line.Contains(text, StringComparison.Ordinal))) ?? ""),
            replica => replica.Length > 0,
            _ => $"Nobody wrote {text}: {string.Join('\n', _lines.Values.SelectMany(lines => lines))}");
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_readers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task ReadAsync(string replica)
    {
        await foreach (var batch in loggers.WatchAsync(replica).WithCancellation(_end.Token))
        {
            foreach (var line in batch)
            {
                _lines[replica].Enqueue(line.Content);
            }
        }
    }
}
