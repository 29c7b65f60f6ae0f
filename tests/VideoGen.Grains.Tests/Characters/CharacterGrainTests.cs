using System.Collections.Immutable;
using VideoGen.Grains.Characters;
using VideoGen.Grains.History;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Characters;

public sealed class CharacterGrainTests(ClusterFixture cluster)
{
    private static NewCharacter Ada(string owner) => new(owner, "Ada", "In a red coat.", ["front.jpg", "side.jpg"]);

    [Fact]
    public async Task A_character_is_listed_and_outlives_its_activation()
    {
        var (owner, id) = (Orders.NewId(), Orders.NewId());

        var created = await cluster.Character(id).CreateAsync(Ada(owner));
        await cluster.DeactivateAsync(cluster.Character(id));

        Assert.Equal((1, "Ada"), (created.Version, created.Name));
        var read = await cluster.Character(id).GetAsync();
        Assert.Equal((created.Id, created.CreatedAt), (read!.Id, read.CreatedAt));
        Assert.Equal(["front.jpg", "side.jpg"], read.Pictures);
        Assert.Equal([id], (await ListAsync(owner)).Select(character => character.Id));
    }

    [Fact]
    public async Task Creating_it_twice_gives_one()
    {
        var (owner, id) = (Orders.NewId(), Orders.NewId());

        await cluster.Character(id).CreateAsync(Ada(owner));
        var again = await cluster.Character(id).CreateAsync(Ada(owner) with { Name = "Other" });

        Assert.Equal("Ada", again.Name);
        Assert.Single(await ListAsync(owner));
    }

    [Fact]
    public async Task A_change_makes_a_version_and_the_same_change_makes_none()
    {
        var id = Orders.NewId();
        await cluster.Character(id).CreateAsync(Ada(Orders.NewId()));

        var changed = await cluster.Character(id).ChangeAsync(new CharacterChange(Description: "In a blue coat."));
        var again = await cluster.Character(id).ChangeAsync(new CharacterChange(Description: "In a blue coat."));

        Assert.Equal((2, "Ada", "In a blue coat."), (changed!.Version, changed.Name, changed.Description));
        Assert.Equal(2, again!.Version);
    }

    [Fact]
    public async Task It_is_not_deleted_while_a_storyboard_needs_it_unless_forced()
    {
        var (owner, id) = (Orders.NewId(), Orders.NewId());
        await cluster.Character(id).CreateAsync(Ada(owner));
        await cluster.Character(id).CastAsync("board");

        Assert.Equal(CharacterDeletion.InUse, await cluster.Character(id).DeleteAsync(force: false));
        await cluster.Character(id).UncastAsync("board");
        Assert.Equal(CharacterDeletion.Deleted, await cluster.Character(id).DeleteAsync(force: false));
        Assert.Equal(CharacterDeletion.Unknown, await cluster.Character(id).DeleteAsync(force: false));
        Assert.Empty(await ListAsync(owner));
    }

    [Fact]
    public async Task A_generation_is_in_the_lineage_of_its_character_until_it_is_deleted()
    {
        var (owner, id) = (Orders.NewId(), Orders.NewId());
        var character = await cluster.Character(id).CreateAsync(Ada(owner));
        var generation = Orders.NewId();
        var request = cluster.Backends.RequestFor(new ScriptedBackend(), owner);
        await cluster.Generation(generation).SubmitAsync(request with { Character = character.InVideoFrom("front.jpg") });
        await cluster.UntilEndAsync(generation);

        var page = await cluster.Pages.ReadAsync(HistoryKey.Lineage(owner, id), null, 10);
        await cluster.Generation(generation).DeleteAsync();
        var after = await cluster.Pages.ReadAsync(HistoryKey.Lineage(owner, id), null, 10);

        Assert.Equal([generation], page.Entries.Select(entry => entry.Generation!.Id));
        Assert.Empty(after.Entries);
        Assert.Equal(["side.jpg"], request.Character is null ? page.Entries[0].Generation!.Request.Character!.References : []);
    }

    [Theory]
    [InlineData("In a red coat.", "In a red coat.\n\nShe waves.")]
    [InlineData("", "She waves.")]
    public void The_description_is_in_front_of_the_script(string description, string prompt)
    {
        var request = Orders.Request() with { Script = "She waves.", Character = new("1", 1, description, []) };

        Assert.Equal(prompt, request.Prompt);
        Assert.Equal("She waves.", (request with { Character = null }).Prompt);
    }

    private async Task<ImmutableArray<CharacterSnapshot>> ListAsync(string owner) =>
        (await cluster.CharacterPages.ReadAsync(owner, null, 10)).Characters;
}
