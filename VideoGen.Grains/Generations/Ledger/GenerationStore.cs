using Orleans.Storage;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Generations.Ledger;

/// <summary>
/// Reads and writes one generation, and owns the certainty about what is stored: one write at a time, none that another
/// activation would have to undo, and nothing said of a write before it is known to be carried out.
/// </summary>
internal sealed class GenerationStore(IPersistentState<Generation> state, Action<Generation, Generation> moved) : IDisposable
{
    /// <summary>Requests and the loop change the same state: each decides on what is stored when its turn comes.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>What a failed write would have stored, and perhaps did; null when it is known what is stored.</summary>
    private Generation? _uncertain;

    /// <summary>The generation as last known to be stored, with the notes since then.</summary>
    public Generation Current { get; private set; } = state.State;

    /// <summary>
    /// Whether this activation has written the state, so that any earlier one is shut out: a silo that froze and wakes up again
    /// still holds the ETag that it read.
    /// </summary>
    public bool IsOwned { get; private set; }

    /// <summary>Stores what follows from the state; false when nothing does.</summary>
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

    /// <summary>Makes sure that <see cref="Current"/> is what is stored; throws while the store cannot be read.</summary>
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

    /// <summary>A write that failed may have been carried out, so a failure is followed by a look.</summary>
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
    /// Reads what an uncertain write left. Without looking, the next write would meet its ETag, take it for that of another
    /// activation and give up; that would lose the outcome of a submit.
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
            state.State = Current;    // with its notes
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
