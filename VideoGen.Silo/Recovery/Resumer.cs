using System.Threading.Channels;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Steps;

namespace VideoGen.Silo.Recovery;

/// <summary>Pokes the generations whose activation was lost on this silo, one after the other.</summary>
internal sealed partial class Resumer(IGrainFactory grains, TimeProvider time, ILogger<Resumer> logger)
    : BackgroundService, IResumer
{
    /// <summary>The old activation must be gone before the poke, otherwise the poke would only be forwarded to it.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Channel<string> _ids = Channel.CreateBounded<string>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Enqueue(string generationId) => _ids.Writer.TryWrite(generationId);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _ids.Reader.WaitToReadAsync(stoppingToken))
        {
            await Task.Delay(Pause, time, stoppingToken);
            for (var left = _ids.Reader.Count; left > 0 && _ids.Reader.TryRead(out var id); left--)
            {
                await PokeAsync(id, stoppingToken);
            }
        }
    }

    /// <summary>
    /// Orleans cancels a call that it cannot place in time; an exception that escaped here would end the whole silo.
    /// </summary>
    private async Task PokeAsync(string id, CancellationToken stopping)
    {
        try
        {
            await grains.GetGrain<IGenerationGrain>(id).NeedsSlotAsync();
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            LogLeftToReminder(exception, id);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Generation {GenerationId} could not be resumed yet; its reminder will resume it")]
    private partial void LogLeftToReminder(Exception exception, string generationId);
}
