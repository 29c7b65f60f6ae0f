namespace VideoGen.Grains.Storage;

/// <summary>How a grain changes what is stored.</summary>
internal static class StateWriting
{
    /// <summary>
    /// Writes the next state. When that fails the old one is back, and <paramref name="deactivate"/> ends the activation: what the store
    /// holds then is not known, and the next activation reads it.
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
