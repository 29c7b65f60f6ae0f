using Microsoft.Extensions.Logging;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.History;
using VideoGen.Grains.Storage;

namespace VideoGen.Grains.Characters;

[GrainType("videogen.character")]
internal sealed partial class CharacterGrain(
    [PersistentState("character")] IPersistentState<CharacterState> state, TimeProvider time, ILogger<CharacterGrain> logger)
    : Grain, ICharacterGrain
{
    private string Id => this.GetPrimaryKeyString();

    private CharacterState State => state.State;

    /// <summary>The history entry comes first, so that every character that exists is in its owner's list.</summary>
    public async Task<CharacterSnapshot> CreateAsync(NewCharacter character)
    {
        if (State.Current is { } known)
        {
            return known;
        }

        await ListOf(character.Owner).AppendAsync(Id);
        await SaveAsync(CharacterState.Create(Id, character, time.GetUtcNow()));
        LogCreated(Id, character.Pictures.Length);
        return State.Current!;
    }

    public Task<CharacterSnapshot?> GetAsync()
    {
        if (State.Current is null)
        {
            DeactivateOnIdle();    // an id that does not exist must not use memory
        }

        return Task.FromResult(State.Current);
    }

    public async Task<CharacterSnapshot?> ChangeAsync(CharacterChange change)
    {
        if (State.Current is not null && State.Change(change, time.GetUtcNow()) is var next && !ReferenceEquals(next, State))
        {
            await SaveAsync(next);
            LogChanged(Id, next.Current!.Version);
        }

        return await GetAsync();
    }

    public async Task<CastOutcome?> CastAsync(string storyboardId)
    {
        if (State.Current is null)
        {
            DeactivateOnIdle();
            return null;
        }

        if (State.Storyboards.Contains(storyboardId))
        {
            return CastOutcome.Cast;
        }

        if (State.IsFull)
        {
            return CastOutcome.TooMany;
        }

        await SaveAsync(State with { Storyboards = State.Storyboards.Add(storyboardId) });
        return CastOutcome.Cast;
    }

    public async Task UncastAsync(string storyboardId)
    {
        if (State.Storyboards.Contains(storyboardId))
        {
            await SaveAsync(State with { Storyboards = State.Storyboards.Remove(storyboardId) });
        }
    }

    /// <summary>The list forgets it last: an entry without a character is skipped, and a character is always listed.</summary>
    public async Task<CharacterDeletion> DeleteAsync(bool force)
    {
        if (State.Current is not { } character)
        {
            DeactivateOnIdle();
            return CharacterDeletion.Unknown;
        }

        if (!force && !State.Storyboards.IsEmpty)
        {
            return CharacterDeletion.InUse;
        }

        await state.ClearStateAsync();
        DeactivateOnIdle();
        await ListOf(character.Owner).RemoveAsync(Id, null);
        LogDeleted(Id);
        return CharacterDeletion.Deleted;
    }

    private IHistoryGrain ListOf(string owner) => GrainFactory.GetGrain<IHistoryGrain>(HistoryKey.Characters(owner));

    private Task SaveAsync(CharacterState next) => state.SaveAsync(next, DeactivateOnIdle);

    [LoggerMessage(LogLevel.Information, "Character {CharacterId} created with {Pictures} pictures")]
    private partial void LogCreated(string characterId, int pictures);

    [LoggerMessage(LogLevel.Information, "Character {CharacterId} changed: version {Version}")]
    private partial void LogChanged(string characterId, int version);

    [LoggerMessage(LogLevel.Information, "Character {CharacterId} deleted")]
    private partial void LogDeleted(string characterId);
}
