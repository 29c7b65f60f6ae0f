namespace VideoGen.Grains.Storage;

/// <summary>Writes the state of a grain.</summary>
internal static class StateWriting
{
    /// <summary>
    /// Writes the next state. If that fails, the old state is restored and <paramref name="deactivate"/> ends the activation:
    /// what is stored is then unknown, and the next activation reads it.
    /// </summary>
    public static async Task SaveAsync<T>(this IPersistentState<T> state, T next, Action deactivate)
    {
        var before = state.State;
        state.State = next;
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            state.State = before;
            deactivate();
            throw;
        }
    }
}
