using Microsoft.Extensions.Logging;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Telemetry;

namespace VideoGen.Grains.History;

/// <summary>
/// Reads generations and other grains of which one may be unreadable: its stored state is damaged, and it fails every time.
/// Such a failure does not affect the others. When the store or a silo is unavailable, nothing is read and the exception
/// reaches the caller.
/// </summary>
internal sealed partial class IsolatedReads(IGrainFactory grains, GenerationTelemetry telemetry, ILogger logger)
{
    /// <summary>The answer of a generation.</summary>
    public Task<IsolatedRead<T>> ReadAsync<T>(string id, Func<IGenerationGrain, Task<T>> read) =>
        ReadAnyAsync(id, one => read(grains.GetGrain<IGenerationGrain>(one)));

    /// <summary>
    /// The answer of a grain with this id; unreadable when it fails twice while one that does not exist can be read.
    /// </summary>
    public async Task<IsolatedRead<T>> ReadAnyAsync<T>(string id, Func<string, Task<T>> read)
    {
        try
        {
            return new IsolatedRead<T>(await read(id));
        }
        catch (Exception exception) when (!IsOutage(exception))
        {
            await read(Guid.CreateVersion7().ToString());
        }

        try
        {
            return new IsolatedRead<T>(await read(id));
        }
        catch (Exception exception) when (!IsOutage(exception))
        {
            telemetry.Unreadable();
            LogUnreadable(exception, id);
            return new IsolatedRead<T>(default, IsReadable: false);
        }
    }

    /// <summary>Whether a silo hangs, dies or is unreachable.</summary>
    private static bool IsOutage(Exception exception) =>
        exception is TimeoutException or OperationCanceledException or SiloUnavailableException;

    [LoggerMessage(LogLevel.Error, "{Id} cannot be read and is left out")]
    private partial void LogUnreadable(Exception exception, string id);
}

/// <summary>What was read from one generation, unless it cannot be read.</summary>
internal readonly record struct IsolatedRead<T>(T? Value, bool IsReadable = true);
