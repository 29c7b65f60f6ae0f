using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace VideoGen.Api.Tests;

/// <summary>Keeps what a host logs, at every level.</summary>
internal sealed class LogRecorder : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name is not "HeartbeatSlow")    // Kestrel's word about a busy machine, not about the host
        {
            Lines.Enqueue((logLevel, $"{formatter(state, exception)} {exception}"));
        }
    }

    public void Dispose()
    {
    }
}
