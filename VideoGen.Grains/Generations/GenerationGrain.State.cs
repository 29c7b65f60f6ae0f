using Orleans.Storage;

namespace VideoGen.Grains.Generations;

/// <summary>The way to the store: one write at a time, and none that another activation would have to undo.</summary>
internal sealed partial class GenerationGrain
{
    /// <summary>Requests and the loop change the same state: each decides on what is stored when its turn comes.</summary>
    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>
    /// Whether this activation has written the state, so that any earlier one is shut out: a silo that froze and wakes up again
    /// still holds the ETag that it read.
    /// </summary>
    private bool _isOwned;

    /// <summary>What a failed write would have stored, and perhaps did.</summary>
    private Generation? _uncertain;

    /// <summary>Stores what follows from the state; false when nothing does.</summary>
    private async Task<bool> ChangeAsync(Func<Generation, Generation> decide)
    {
        await _writing.WaitAsync();
        try
        {
            await MakeCertainAsync();
            var next = decide(_generation);
            if (ReferenceEquals(next, _generation))
            {
                return false;
            }

            await SaveAsync(next);
            return true;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Writes, and only then shows; on a failed write the old value stays.</summary>
    private async Task SaveAsync(Generation next)
    {
        state.State = _uncertain = next;
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            state.State = _generation;
            throw;
        }

        (_uncertain, _isOwned) = (null, true);
        telemetry.Moved(Id, _generation, next);
        Publish(next);
    }

    /// <summary>
    /// A write that failed may have been carried out. Without looking, the next one would meet its ETag, take it for that of
    /// another activation and give up; that would lose the outcome of a submit.
    /// </summary>
    private async Task MakeCertainAsync()
    {
        if (_uncertain is not { } tried)
        {
            return;
        }

        await state.ReadStateAsync();
        var isTried = IsSame(state.State, tried);
        if (!isTried && !IsSame(state.State, _generation))
        {
            throw new InconsistentStateException("Another activation wrote the state.");
        }

        _uncertain = null;
        if (isTried)
        {
            _isOwned = true;
            telemetry.Moved(Id, _generation, state.State);
            Publish(state.State);
        }
    }

    private static bool IsSame(Generation stored, Generation known) =>
        stored.Version == known.Version && stored.UpdatedAt == known.UpdatedAt && stored.Takeovers == known.Takeovers;
}
