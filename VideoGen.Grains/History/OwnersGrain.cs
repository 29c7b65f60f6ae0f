using System.Collections.Immutable;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Media;
using VideoGen.Grains.Storage;

namespace VideoGen.Grains.History;

[GrainType("videogen.owners")]
internal sealed class OwnersGrain([PersistentState("owners")] IPersistentState<OwnersState> state) : Grain, IOwnersGrain
{
    public Task AddAsync(string owner) => state.State.Owners.Contains(owner)
        ? Task.CompletedTask
        : state.SaveAsync(state.State with { Owners = state.State.Owners.Add(owner) }, DeactivateOnIdle);

    public Task<ImmutableArray<string>> GetAsync() => Task.FromResult(state.State.Owners.ToImmutableArray());
}

/// <summary>The stored set. Before there were accounts there was one owner only, which was not stored.</summary>
[GenerateSerializer, Immutable, Alias("videogen.owners-state")]
internal sealed record OwnersState
{
    [Id(0)] public ImmutableHashSet<string> Owners { get; init; } = [MediaOwner.Public];
}
