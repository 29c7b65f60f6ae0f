using VideoGen.Testing;

namespace VideoGen.SystemTests.Storyboards;

/// <summary>An agent, with the official client of its protocol, makes a storyboard: once, however often it asks for it.</summary>
[Collection(nameof(BoardServer))]
public sealed class AgentTests(BoardServer server)
{
    [Fact]
    public async Task A_storyboard_is_created_once_for_a_key_and_followed_to_its_video()
    {
        var word = BoardServer.NewWord();
        var character = await server.Alice.CreateCharacterAsync(name: word);
        await using var agent = await Agent.ConnectAsync(server.Alice);

        var listed = (await agent.CallAsync("list_characters")).GetProperty("characters").EnumerateArray()
            .Single(one => one.Text("name") == word);
        var created = await agent.CallAsync("create_storyboard", Order(word, listed.Text("id")));
        var repeated = await agent.CallAsync("create_storyboard", [.. Order(word, character).Reverse()]);
        var end = await Eventually.GetAsync(
            () => agent.CallAsync("get_storyboard", ("id", created.Text("id"))),
            board => board.Text("status") is "completed" or "failed", board => $"{board}");

        Assert.Equal(character, listed.Text("id"));
        Assert.Equal(created.Text("id"), repeated.Text("id"));
        Assert.Equal("completed", end.Text("status"));
        Assert.Equal(2, server.Charged(word));
        Assert.Equal(["completed", "completed"], end.GetProperty("shots").EnumerateArray().Select(shot => shot.Text("status")));
        using var video = await server.Alice.GetAsync(end.Text("video_url"));
        Assert.Equal("video/mp4", video.EnsureSuccessStatusCode().Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task What_is_wrong_is_named_as_the_agent_calls_it_and_nothing_is_rendered()
    {
        var word = BoardServer.NewWord();
        var character = await server.Alice.CreateCharacterAsync();
        await using var agent = await Agent.ConnectAsync(server.Alice);

        object[] shots =
        [
            new { prompt = word },
            new { prompt = word, start = "picture", picture = "/uploads/of-nobody.jpg", seconds = 99 },
        ];
        var error = await agent.FailAsync(
            "create_storyboard", ("title", word), ("character_id", character), ("shots", shots));

        Assert.Equal("validation_failed", error.Text("code"));
        Assert.StartsWith("Shot 2: ", error.Text("message"), StringComparison.Ordinal);
        Assert.Equal(["shots[1].picture", "shots[1].seconds"],
            error.GetProperty("arguments").EnumerateArray().Select(name => name.GetString()!).Order());
        Assert.Equal(0, server.Charged(word));
    }

    [Fact]
    public async Task Nobody_else_can_see_the_storyboard_or_use_the_character()
    {
        var character = await server.Alice.CreateCharacterAsync();
        var board = await server.Alice.CreateBoardAsync([Boards.Shot("It waves.")]);
        await using var stranger = await Agent.ConnectAsync(server.Bob);

        var unseen = await stranger.FailAsync("get_storyboard", ("id", board.Text("id")));
        var unused = await stranger.FailAsync("create_storyboard", Order(BoardServer.NewWord(), character));

        Assert.Equal("storyboard_not_found", unseen.Text("code"));
        Assert.Equal(["character_id"], unused.GetProperty("arguments").EnumerateArray().Select(name => name.GetString()));
    }

    private static (string Name, object? Value)[] Order(string word, string character) =>
    [
        ("title", word), ("character_id", character), ("idempotency_key", word),
        ("shots", new object[] { new { prompt = $"One, {word}.", seconds = 3 }, new { prompt = $"Two, {word}.", seconds = 3 } }),
    ];
}
