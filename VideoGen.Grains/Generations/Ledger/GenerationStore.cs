using Orleans.Storage;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Generations.Ledger;

/// <summary>
/// Reads and writes one generation, and guarantees certainty about what is stored: one write at a time, no write over another
/// activation's state, and nothing is published before its write is known to have succeeded.
/// </summary>
internal sealed class GenerationStore(IPersistentState<Generation> state, Action<Generation, Generation> moved) : IDisposable
{
    /// <summary>
    /// Requests and the loop change the same state: each decides on the stored state when it has the semaphore.
    /// </summary>
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>What a failed write tried to store and may have stored; null when the stored state is known.</summary>
    private Generation? _uncertain;

    /// <summary>The generation as last known to be stored, plus the notes since then.</summary>
    public Generation Current { get; private set; } = state.State;

    /// <summary>
    /// Whether this activation has written the state, which invalidates the ETag of any earlier activation: a silo that was
    /// suspended and resumes still has the ETag that it read.
    /// </summary>
    public bool IsOwned { get; private set; }

    /// <summary>Stores the next state; false when there is no change.</summary>
    public async Task<bool> ChangeAsync(Func<Generation, Generation> decide)
    {
        await _turn.WaitAsync();
        try
        {
            await FindOutAsync();
            var next = decide(Current);
            if (ReferenceEquals(next, Current))
            {
                return false;
            }

            await SaveAsync(next);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ensures that <see cref="Current"/> is what is stored; throws while the store cannot be read.</summary>
    public async Task SettleAsync()
    {
        if (_uncertain is null)
        {
            return;
        }

        await _turn.WaitAsync();
        try
        {
            await FindOutAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Deletes the generation.</summary>
    public async Task ClearAsync()
    {
        await state.ClearStateAsync();
        Move(new Generation());
    }

    /// <summary>Adds a note to the log, which is stored with the next version.</summary>
    public void Note(LogKind kind, string? detail, DateTimeOffset now) => Current = Current.WithNote(kind, detail, now);

    public void Dispose() => _turn.Dispose();

    /// <summary>A write that failed may have been carried out, so the state is read after a failure.</summary>
    private async Task SaveAsync(Generation next)
    {
        state.State = _uncertain = next;
        try
        {
            await state.WriteStateAsync();
        }
        catch (Exception exception) when (exception is not InconsistentStateException)
        {
            state.State = Current;
            await FindOutAsync();
            if (!IsSame(Current, next))
            {
                throw;
            }

            return;
        }
        catch
        {
            state.State = Current;
            throw;
        }

        _uncertain = null;
        IsOwned = true;
        Move(next);
    }

    /// <summary>
    /// Reads the state after an uncertain write. Otherwise the next write would find the changed ETag, attribute it to another
    /// activation and give up, and the outcome of a submit would be lost.
    /// </summary>
    private async Task FindOutAsync()
    {
        if (_uncertain is not { } tried)
        {
            return;
        }

        await state.ReadStateAsync();
        var isTried = IsSame(state.State, tried);
        if (!isTried && !IsSame(state.State, Current))
        {
            throw new InconsistentStateException("Another activation wrote the state.");
        }

        _uncertain = null;
        if (isTried)
        {
            IsOwned = true;
            Move(state.State);
        }
        else
        {
            state.State = Current;    // including its notes
        }
    }

    private void Move(Generation next)
    {
        var before = Current;
        Current = next;
        moved(before, next);
    }

    private static bool IsSame(Generation stored, Generation known) =>
        stored.Version == known.Version && stored.UpdatedAt == known.UpdatedAt && stored.Takeovers == known.Takeovers
        && stored.IsClearing == known.IsClearing && stored.AnnouncedVersion == known.AnnouncedVersion;
}
