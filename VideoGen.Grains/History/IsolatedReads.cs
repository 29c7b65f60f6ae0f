using Microsoft.Extensions.Logging;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Telemetry;

namespace VideoGen.Grains.History;

/// <summary>
/// Reads generations of which one may be unreadable: its stored state is damaged, and it fails every time. Such a failure does
/// not affect the others. When the store or a silo is unavailable, nothing is read and the exception reaches the caller.
/// </summary>
internal sealed partial class IsolatedReads(IGrainFactory grains, GenerationTelemetry telemetry, ILogger logger)
{
    /// <summary>
    /// The answer of a generation; unreadable when it fails twice while a generation that was never submitted can be read.
    /// </summary>
    public async Task<IsolatedRead<T>> ReadAsync<T>(string id, Func<IGenerationGrain, Task<T>> read)
    {
        try
        {
            return new IsolatedRead<T>(await read(Generation(id)));
        }
        catch (Exception exception) when (!IsOutage(exception))
        {
            await Generation(Guid.CreateVersion7().ToString()).GetAsync();
        }

        try
        {
            return new IsolatedRead<T>(await read(Generation(id)));
        }
        catch (Exception exception) when (!IsOutage(exception))
        {
            telemetry.Unreadable();
            LogUnreadable(exception, id);
            return new IsolatedRead<T>(default, IsReadable: false);
        }
    }

    private IGenerationGrain Generation(string id) => grains.GetGrain<IGenerationGrain>(id);

    /// <summary>Whether a silo hangs, dies or is unreachable.</summary>
    private static bool IsOutage(Exception exception) =>
        exception is TimeoutException or OperationCanceledException or SiloUnavailableException;

    [LoggerMessage(LogLevel.Error, "Generation {GenerationId} cannot be read and is left out")]
    private partial void LogUnreadable(Exception exception, string generationId);
}

/// <summary>What was read from one generation, unless it cannot be read.</summary>
internal readonly record struct IsolatedRead<T>(T? Value, bool IsReadable = true);
