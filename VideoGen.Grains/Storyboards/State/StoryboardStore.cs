namespace VideoGen.Grains.Storyboards.State;

/// <summary>
/// Reads and writes one storyboard. Requests and the loop change the same state: each decides on what is stored when its turn
/// comes. A reminder is registered before anything is stored that leaves work to do. After a failed write it is unknown what is
/// stored, so the activation ends, and the next one reads it.
/// </summary>
internal sealed class StoryboardStore(
    IPersistentState<Storyboard> state, StoryboardReminder reminder, Action moved, Action deactivate) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Whether this activation has registered the reminder.</summary>
    private bool _isSecured;

    /// <summary>Whether a write has failed.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The storyboard as last known to be stored.</summary>
    public Storyboard Current { get; private set; } = state.State;

    /// <summary>Stores the next state; false when there is no change.</summary>
    public async Task<bool> ChangeAsync(Func<Storyboard, Storyboard> decide)
    {
        var isChanged = false;
        await ExclusivelyAsync(async () => isChanged = await SaveAsync(decide(Current)));
        return isChanged;
    }

    /// <summary>Removes the reminder unless there is work; returns whether there is none.</summary>
    public async Task<bool> RestAsync(Func<bool> hasWork)
    {
        var isOver = false;
        await ExclusivelyAsync(async () =>
        {
            if (!hasWork() && !IsBroken)    // after a failed write it is unknown whether there is work
            {
                _isSecured = false;
                await reminder.UnregisterAsync();
                isOver = !hasWork();
            }
        });
        return isOver;
    }

    /// <summary>Runs without a change by anybody else.</summary>
    private async Task ExclusivelyAsync(Func<Task> act)
    {
        await _turn.WaitAsync();
        try
        {
            await act();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Deletes the storyboard.</summary>
    public async Task ClearAsync()
    {
        await state.ClearStateAsync();
        Current = new Storyboard();
        moved();
        await reminder.UnregisterAsync();
    }

    public void Dispose() => _turn.Dispose();

    private async Task<bool> SaveAsync(Storyboard next)
    {
        if (ReferenceEquals(next, Current))
        {
            return false;
        }

        if (IsBroken)
        {
            throw new InvalidOperationException("The storyboard is being read again after a failed write.");
        }

        if (next.HasWork && !_isSecured)
        {
            await reminder.RegisterAsync();
            _isSecured = true;
        }

        state.State = next;
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            IsBroken = true;
            deactivate();
            throw;
        }

        Current = next;
        moved();
        return true;
    }
}
