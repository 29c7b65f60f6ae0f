namespace VideoGen.Api.EmbeddedStore;

/// <summary>Logs the warnings and errors of Garnet under one category. Its other messages are dropped.</summary>
internal sealed class StoreLog(ILoggerFactory loggers) : ILoggerFactory
{
    private readonly Warnings _warnings = new(loggers.CreateLogger("VideoGen.EmbeddedStore"));

    public ILogger CreateLogger(string categoryName) => _warnings;

    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    public void Dispose() { }

    private sealed class Warnings(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning && inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            // On a stop, its background tasks report their cancellation as errors.
            if (IsEnabled(logLevel) && exception is not OperationCanceledException)
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}
