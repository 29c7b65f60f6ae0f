using Microsoft.Extensions.Logging;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Telemetry;

namespace VideoGen.Grains.History;

/// <summary>
/// Asks generations of which one may be unreadable: what is stored of it is damaged, and it answers with an error each time.
/// That is its own trouble and not that of the others. A store or a silo that is away is everybody's: nothing is read then,
/// and the caller must hear of it.
/// </summary>
internal sealed partial class IsolatedReads(IGrainFactory grains, GenerationTelemetry telemetry, ILogger logger)
{
    /// <summary>
    /// What a generation answers; not readable when it fails twice while one that was never submitted can be read.
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

    /// <summary>A silo that hangs, dies or is not reached.</summary>
    private static bool IsOutage(Exception exception) =>
        exception is TimeoutException or OperationCanceledException or SiloUnavailableException;

    [LoggerMessage(LogLevel.Error, "Generation {GenerationId} cannot be read and is left out")]
    private partial void LogUnreadable(Exception exception, string generationId);
}

/// <summary>What was read of one generation, unless it cannot be read.</summary>
internal readonly record struct IsolatedRead<T>(T? Value, bool IsReadable = true);
