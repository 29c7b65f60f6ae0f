using System.Net;
using System.Text.Json;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Storyboards;

/// <summary>Characters: their versions, their lists, and what is made with them.</summary>
[Collection(nameof(BoardServer))]
public sealed class CharacterTests(BoardServer server)
{
    private HttpClient Client => server.Alice;

    [Fact]
    public async Task A_character_is_created_read_listed_newest_first_and_changed_into_a_new_version()
    {
        List<string> ids = [];
        for (var count = 0; count < 3; count++)
        {
            ids.Insert(0, await Client.CreateCharacterAsync("A red fox.", $"Fox {count}"));
        }

        var found = await Client.SendOkAsync(HttpMethod.Get, $"/characters/{ids[0]}");
        var second = await Client.UploadAsync();
        var changed = await Client.SendOkAsync(
            HttpMethod.Patch, $"/characters/{ids[0]}", $$"""{"description":"A blue fox.","pictures":["{{second}}"]}""");
        var same = await Client.SendOkAsync(HttpMethod.Patch, $"/characters/{ids[0]}", """{"description":"A blue fox."}""");

        Assert.Equal(("Fox 2", "A red fox.", 1), Facts(found));
        Assert.Equal(("Fox 2", "A blue fox.", 2), Facts(changed));
        Assert.Equal(PathOf(second), PathOf(changed.GetProperty("pictures")[0].GetString()!));
        Assert.Equal(2, same.GetProperty("version").GetInt32());
        Assert.Equal(ids, (await PagesAsync("/characters?limit=2")).Select(one => one.Text("id")).Where(ids.Contains));
    }

    [Theory]
    [InlineData("""{"pictures":[]}""", "name", "pictures")]
    [InlineData("""{"name":"Ada","pictures":["/uploads/character_1.jpg"]}""", "pictures[0]")]
    [InlineData("""{"name":" ","pictures":null}""", "name", "pictures")]
    public async Task What_is_wrong_with_a_character_is_said_by_field(string body, params string[] fields)
    {
        using var refused = await Client.SendAsync(HttpMethod.Post, "/characters", body);

        var problem = await refused.ProblemAsync(HttpStatusCode.UnprocessableEntity, "validation_failed");
        Assert.Equal(fields.Order(), problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
    }

    [Fact]
    public async Task A_generation_keeps_the_version_and_the_description_that_it_was_requested_with()
    {
        var (word, id) = (BoardServer.NewWord(), await Client.CreateCharacterAsync("A red fox."));
        var first = await Client.SendOkAsync(HttpMethod.Post, "/generate-video", Order(id, $"It waves, {word}."));
        await Client.EndAsync(first.Text("id"));

        await Client.SendOkAsync(HttpMethod.Patch, $"/characters/{id}", """{"description":"A blue fox."}""");
        var old = await Client.GetGenerationAsync(first.Text("id"));
        var again = await Client.SendOkAsync(HttpMethod.Post, $"/generation/{first.Text("id")}/regenerate");
        var next = await Client.SendOkAsync(HttpMethod.Post, "/generate-video", Order(id, $"It waves, {word}."));
        await Client.EndAsync(again.Text("id"));
        await Client.EndAsync(next.Text("id"));

        Assert.Equal((id, 1, "1 of 1"), (
            old.Text("characterId"), old.GetProperty("characterVersion").GetInt32(), old.Text("referencesUsed")));
        Assert.Equal(1, again.GetProperty("characterVersion").GetInt32());
        Assert.Equal(2, next.GetProperty("characterVersion").GetInt32());
        Assert.Equal(["A red", "A red", "A blu"], server.Hub.Jobs.For(word).Select(job => job.Order.Prompt[..5]));
        Assert.All(server.Hub.Jobs.For(word), job =>
            Assert.EndsWith($"It waves, {word}.", job.Order.Prompt, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_names_a_character_or_a_picture_and_not_both()
    {
        var (id, image) = (await Client.CreateCharacterAsync(), await Client.UploadAsync());

        using var both = await Client.SendAsync(
            HttpMethod.Post, "/generate-video",
            $$"""{"characterId":"{{id}}","characterImageUrl":"{{image}}","script":"It waves."}""");
        using var none = await Client.SendAsync(HttpMethod.Post, "/generate-video", """{"script":"It waves."}""");
        using var unknown = await Client.SendAsync(HttpMethod.Post, "/generate-video", Order($"{Guid.NewGuid()}", "It waves."));

        await both.InvalidAsync("characterId");
        await none.InvalidAsync("characterImageUrl");
        await unknown.InvalidAsync("characterId");
    }

    [Fact]
    public async Task A_character_in_use_is_deleted_only_by_force_and_storyboards_keep_their_copy()
    {
        var word = BoardServer.NewWord();
        var board = await Client.CreateBoardAsync([Boards.Shot($"It waves, {word}.")]);
        var id = board.Text("characterId");

        using var refused = await Client.DeleteAsync($"/characters/{id}");
        await refused.ProblemAsync(HttpStatusCode.Conflict, "character_in_use");
        using var unclear = await Client.DeleteAsync($"/characters/{id}?force=1");
        await unclear.InvalidAsync("force");
        using var forced = await Client.DeleteAsync($"/characters/{id}?force=true");
        using var gone = await Client.GetAsync($"/characters/{id}");
        await Client.SendOkAsync(HttpMethod.Post, $"/storyboards/{board.Text("id")}/render");
        var end = await Client.EndBoardAsync(board.Text("id"));

        Assert.Equal(HttpStatusCode.NoContent, forced.StatusCode);
        await gone.ProblemAsync(HttpStatusCode.NotFound, "character_not_found");
        Assert.Equal("completed", end.Text("status"));
        Assert.Equal(1, server.Charged(word));
    }

    [Fact]
    public async Task A_character_is_free_again_when_its_storyboards_are_deleted_or_have_another()
    {
        var one = await Client.CreateBoardAsync([Boards.Shot("One.")]);
        var other = await Client.CreateBoardAsync([Boards.Shot("Two.")]);
        await Client.SendOkAsync(
            HttpMethod.Patch, $"/storyboards/{one.Text("id")}", $$"""{"characterId":"{{other.Text("characterId")}}"}""");
        using var deleted = await Client.DeleteAsync($"/storyboards/{other.Text("id")}");

        using var first = await Client.DeleteAsync($"/characters/{one.Text("characterId")}");
        using var second = await Client.DeleteAsync($"/characters/{other.Text("characterId")}");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (deleted.StatusCode, first.StatusCode));
        await second.ProblemAsync(HttpStatusCode.Conflict, "character_in_use");    // by the one that was changed
    }

    [Fact]
    public async Task What_was_made_with_a_character_is_listed_in_pages_newest_first()
    {
        var board = await Client.CreateBoardAsync([Boards.Shot("It waves."), Boards.Shot("It bows.", Boards.Previous)]);
        var character = board.Text("characterId");
        var first = await Client.SendOkAsync(HttpMethod.Post, "/generate-video", Order(character, "It smiles."));
        await Client.SendOkAsync(HttpMethod.Post, $"/storyboards/{board.Text("id")}/render");
        var shots = (await Client.EndBoardAsync(board.Text("id"))).Shots().Select(shot => shot.Text("generationId")).ToList();

        var lineage = await PagesAsync($"/characters/{character}/generations?limit=1");
        using var unknown = await Client.GetAsync($"/characters/{Guid.CreateVersion7()}/generations");

        Assert.Equal([shots[1], shots[0], first.Text("id")], lineage.Select(one => one.Text("id")));
        Assert.Equal(board.Text("id"), lineage[0].Text("storyboardId"));
        await unknown.ProblemAsync(HttpStatusCode.NotFound, "character_not_found");
    }

    private async Task<IReadOnlyList<JsonElement>> PagesAsync(string path)
    {
        List<JsonElement> all = [];
        for (var next = path; next is not null;)
        {
            using var page = await Client.GetAsync(next);
            var items = (await page.JsonAsync()).EnumerateArray().ToList();
            all.AddRange(items);
            next = page.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
            Assert.True(next is null || items.Count.ToString() == path.Split('=')[1], $"Page {path} is short.");
        }

        return all;
    }

    private static string Order(string characterId, string script) =>
        $$"""{"characterId":"{{characterId}}","script":"{{script}}","duration":3,"quality":"{{Film.Side}}"}""";

    private static (string Name, string Description, int Version) Facts(JsonElement character) =>
        (character.Text("name"), character.Text("description"), character.GetProperty("version").GetInt32());

    /// <summary>Addresses are signed anew each time.</summary>
    private static string PathOf(string url) => url.Split('?')[0];
}
