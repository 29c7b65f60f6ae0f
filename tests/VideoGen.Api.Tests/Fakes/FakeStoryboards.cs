using System.Collections.Immutable;
using VideoGen.Grains.Characters;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Storyboards.Contract;

namespace VideoGen.Api.Tests.Fakes;

/// <summary>
/// Characters and storyboards that can be read and listed and nothing else: what they do is tested with real grains.
/// </summary>
internal sealed class FakeCharacter(FakeCluster cluster, string id) : ICharacterGrain, ICharacterPageGrain
{
    public Task<CharacterSnapshot?> GetAsync() => cluster.Answer(() => cluster.Characters.GetValueOrDefault(id));

    public Task<CharacterPage> ReadAsync(string owner, long? before, int limit) => cluster.Answer(() => new CharacterPage(
        [.. cluster.Characters.Values.Where(character => character.Owner == owner)], null));

    public Task<CharacterSnapshot> CreateAsync(NewCharacter character) => throw new NotSupportedException();

    public Task<CharacterSnapshot?> ChangeAsync(CharacterChange change) => throw new NotSupportedException();

    public Task<CastOutcome?> CastAsync(string storyboardId) => throw new NotSupportedException();

    public Task UncastAsync(string storyboardId) => throw new NotSupportedException();

    public Task<CharacterDeletion> DeleteAsync(bool force) => throw new NotSupportedException();
}

internal sealed class FakeStoryboard(FakeCluster cluster, string id) : IStoryboardGrain, IStoryboardPageGrain
{
    public Task<StoryboardSnapshot?> GetAsync() => cluster.Answer(() => cluster.Storyboards.GetValueOrDefault(id));

    public Task<StoryboardPage> ReadAsync(string owner, long? before, int limit) => cluster.Answer(() => new StoryboardPage(
        [.. cluster.Storyboards.Values.Where(storyboard => storyboard.Owner == owner)], null));

    public Task<StoryboardSnapshot> CreateAsync(NewStoryboard storyboard) => throw new NotSupportedException();

    public Task<StoryboardSnapshot?> WatchAsync(string? seen) => throw new NotSupportedException();

    public Task<StoryboardReply?> ChangeAsync(
        int planVersion, StoryboardSettings settings, ImmutableArray<ShotPlan> shots) => throw new NotSupportedException();

    public Task<StoryboardReply?> ChangeShotAsync(int planVersion, int number, ShotPlan plan) =>
        throw new NotSupportedException();

    public Task<StoryboardReply?> RenderAsync(CastForRender? cast, UsedKey? key) => throw new NotSupportedException();

    public Task<StoryboardReply?> FindKeyAsync(UsedKey key) => throw new NotSupportedException();

    public Task<StoryboardReply?> RegenerateAsync(int number, int planVersion, ShotPlan? plan, UsedKey? key) =>
        throw new NotSupportedException();

    public Task<StoryboardReply?> RetryAsync(int? number, UsedKey? key) => throw new NotSupportedException();

    public Task<StoryboardReply?> CancelAsync(int? number) => throw new NotSupportedException();

    public Task<DeleteOutcome> DeleteAsync(bool force) => throw new NotSupportedException();

    public Task<KeptJoinedVideo?> GetKeptAsync() => throw new NotSupportedException();

    public Task ExpireAsync(ExpiryReason reason) => throw new NotSupportedException();

    public Task<ImmutableArray<string>> GetPicturesAsync() => throw new NotSupportedException();
}
