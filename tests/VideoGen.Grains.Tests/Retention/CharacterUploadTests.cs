using Microsoft.Extensions.Time.Testing;
using VideoGen.Grains.Characters;
using VideoGen.Grains.Media;
using VideoGen.Grains.Tests.Storyboards;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Retention;

/// <summary>The pictures of characters and storyboards are kept while these are there, and collected afterwards.</summary>
public sealed class CharacterUploadTests(RetentionCluster cluster) : IClassFixture<RetentionCluster>
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow.AddDays(8));
    private readonly string _owner = Orders.NewId();

    [Fact]
    public async Task Pictures_of_an_owner_who_has_only_a_character_stay_until_it_is_deleted()
    {
        var (front, side) = (await UploadAsync(), await UploadAsync());
        var character = await cluster.Grains.CharacterAsync(_owner, front, side);

        await RunTwiceAsync();
        Assert.Equal((true, true), (await IsThereAsync(front), await IsThereAsync(side)));
        await cluster.Grains.GetGrain<ICharacterGrain>(character.Id).DeleteAsync(force: false);
        await RunTwiceAsync();

        Assert.Equal((false, false), (await IsThereAsync(front), await IsThereAsync(side)));
    }

    [Fact]
    public async Task A_new_version_of_a_character_lets_the_pictures_of_the_old_one_go()
    {
        var (old, now) = (await UploadAsync(), await UploadAsync());
        var character = await cluster.Grains.CharacterAsync(_owner, old);
        await cluster.Grains.GetGrain<ICharacterGrain>(character.Id).ChangeAsync(new(Pictures: [now]));

        await RunTwiceAsync();

        Assert.Equal((false, true), (await IsThereAsync(old), await IsThereAsync(now)));
    }

    [Fact]
    public async Task A_storyboard_keeps_its_pictures_and_its_copy_of_the_character_until_it_is_deleted()
    {
        var (front, own) = (await UploadAsync(), await UploadAsync());
        var character = await cluster.Grains.CharacterAsync(_owner, front);
        var storyboard = await cluster.Grains.StoryboardAsync(character, Drafts.Shot(), Drafts.Shot(own));
        await cluster.Grains.GetGrain<ICharacterGrain>(character.Id).DeleteAsync(force: true);

        await RunTwiceAsync();
        Assert.Equal((true, true), (await IsThereAsync(front), await IsThereAsync(own)));
        await storyboard.DeleteAsync(force: false);
        await Eventually.TrueAsync(async () => (await storyboard.GetPicturesAsync()).IsEmpty, "The storyboard is still there.");
        await RunTwiceAsync();

        Assert.Equal((false, false), (await IsThereAsync(front), await IsThereAsync(own)));
    }

    /// <summary>One round condemns and the next collects, each a day after the last.</summary>
    private async Task RunTwiceAsync()
    {
        for (var round = 0; round < 2; round++)
        {
            await cluster.RunUploadsAsync(_time);
            _time.Advance(TimeSpan.FromDays(1));
        }
    }

    private async Task<string> UploadAsync()
    {
        var name = MediaName.NewCharacter(_owner);
        await cluster.Media.SaveAsync(MediaKind.Upload, name, (to, token) =>
            to.WriteAsync("picture"u8.ToArray(), token).AsTask(), default);
        return name;
    }

    private Task<bool> IsThereAsync(string name) => cluster.Media.ExistsAsync(MediaKind.Upload, name, default);
}
