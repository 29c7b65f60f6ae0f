using VideoGen.Grains.Contracts;
using VideoGen.Grains.Storage;

namespace VideoGen.Grains.Retention;

[GrainType("videogen.uploads")]
internal sealed class UploadsGrain([PersistentState("uploads")] IPersistentState<UploadsState> state, TimeProvider time)
    : Grain, IUploadsGrain
{
    private UploadsState State => state.State;

    public async Task<bool> HoldAsync(string name)
    {
        if (State.Condemned.ContainsKey(name))
        {
            await SaveAsync(State with { Condemned = State.Condemned.Remove(name) });
        }

        return !State.Doomed.Contains(name);
    }

    public Task<CondemnedUploads> GetAsync() =>
        Task.FromResult(new CondemnedUploads(State.Condemned, State.LastRoundAt, State.Room));

    public Task CondemnAsync(IReadOnlyList<string> names) => SaveAsync(State.Condemn(names, time.GetUtcNow()));

    public async Task<IReadOnlyList<string>> DoomAsync(IReadOnlyList<string> names)
    {
        await SaveAsync(State.Doom(names));
        return [.. State.Doomed];
    }

    public Task ForgetAsync(IReadOnlyList<string> names) => SaveAsync(State with { Doomed = State.Doomed.Except(names) });

    public Task DoneAsync() => SaveAsync(State with { LastRoundAt = time.GetUtcNow() });

    private Task SaveAsync(UploadsState next) => state.SaveAsync(next, DeactivateOnIdle);
}
