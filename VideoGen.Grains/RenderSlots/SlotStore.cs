using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace VideoGen.Grains.RenderSlots;

/// <summary>Writes the slots of one upstream, and knows afterwards what is stored.</summary>
internal sealed partial class SlotStore(
    string backend, IPersistentState<RenderSlotState> state, Action deactivate, ILogger<RenderSlotGrain> logger)
{
    public RenderSlotState State => state.State;

    /// <summary>
    /// A write that failed may have been carried out, so the state is read. If it cannot be read either, or another activation
    /// wrote it, this activation ends; if nothing was written, only the caller fails.
    /// </summary>
    public async Task WriteAsync(RenderSlotState next)
    {
        var before = state.State;
        state.State = next;
        try
        {
            await state.WriteStateAsync();
        }
        catch (InconsistentStateException)
        {
            state.State = before;
            deactivate();
            throw;
        }
        catch (Exception exception)
        {
            LogUncertain(exception, backend);
            if (!await IsStoredAsync(before, next))
            {
                throw;
            }
        }
    }

    private async Task<bool> IsStoredAsync(RenderSlotState before, RenderSlotState next)
    {
        try
        {
            await state.ReadStateAsync();
        }
        catch
        {
            state.State = before;
            deactivate();
            throw;
        }

        if (state.State.WriteId != before.WriteId && state.State.WriteId != next.WriteId)
        {
            deactivate();
        }

        return state.State.WriteId == next.WriteId;
    }

    [LoggerMessage(LogLevel.Warning, "Backend {Backend}: writing the slots failed; reading them again")]
    private partial void LogUncertain(Exception exception, string backend);
}
