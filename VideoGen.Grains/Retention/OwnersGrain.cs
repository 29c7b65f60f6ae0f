using System.Collections.Immutable;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Ports;

namespace VideoGen.Grains.Retention;

[GrainType("videogen.owners")]
internal sealed class OwnersGrain([PersistentState("owners")] IPersistentState<OwnersState> state) : Grain, IOwnersGrain
{
    public async Task AddAsync(string owner)
    {
        var before = state.State;
        if (before.Owners.Contains(owner))
        {
            return;
        }

        state.State = before with { Owners = before.Owners.Add(owner) };
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            state.State = before;
            DeactivateOnIdle();    // what the store holds now is not known: read it again
            throw;
        }
    }

    public Task<ImmutableArray<string>> GetAsync() => Task.FromResult(state.State.Owners.ToImmutableArray());
}

/// <summary>The stored set. Before there were accounts nobody was noted, and there was one owner only.</summary>
[GenerateSerializer, Immutable, Alias("videogen.owners-state")]
internal sealed record OwnersState
{
    [Id(0)] public ImmutableHashSet<string> Owners { get; init; } = [MediaOwner.Public];
}
