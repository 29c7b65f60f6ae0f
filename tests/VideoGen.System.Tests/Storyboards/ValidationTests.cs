using System.Net;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Storyboards;

/// <summary>Nothing is spent on a storyboard that cannot be rendered: errors name the field and the shot.</summary>
[Collection(nameof(BoardServer))]
public sealed class ValidationTests(BoardServer server)
{
    private const string Fine = """{"script":"It waves."}""";
    private const string Chained = """{"script":"It waves.","start":"previous"}""";

    public static TheoryData<string, string, string> Wrong => new()
    {
        { $$"""{{Fine}},{"script":" "}""", "shots[1].script", "Shot 2: " },
        { $$"""{{Fine}},{"script":"It waves.","duration":2}""", "shots[1].duration", "Shot 2: " },
        { $$"""{{Fine}},7""", "shots[1]", "Shot 2: " },
        { "", "shots", "shots must be a list of 1 to 24 shots." },
        { string.Join(',', Enumerable.Repeat(Fine, 25)), "shots", "shots must be a list of 1 to 24 shots." },
        { $"{Fine},{Chained},{Chained},{Chained},{Chained}", "shots[4].start", "Shot 5: at most 3" },
        { $"{Chained},{Fine}", "shots[0].start", "Shot 1: start cannot be" },
        { $"{Fine}," + Boards.Shot("It waves.", Boards.Fade("0.1")), "shots[1].transition", "Shot 2: transition" },
        { $"{Fine}," + Boards.Shot("It waves.", Boards.Fade("1.01")), "shots[1].transition", "Shot 2: transition" },
        { $$"""{{Fine}},{"script":"It waves.","model":"nobody"}""", "shots[1].model", "Shot 2: model" },
        { $"{Fine}," + Boards.Shot("It waves.", Boards.From("/uploads/x.jpg")), "shots[1].imageUrl", "Shot 2: imageUrl" },
        { $$"""{{Fine}},{"script":"It waves.","start":"picture"}""", "shots[1].imageUrl", "Shot 2: imageUrl" },
        { $$"""{{Fine}},{"script":"It waves.","imageUrl":"x"}""", "shots[1].imageUrl", "Shot 2: imageUrl is allowed only" },
        { $$"""{{Fine}},{"script":"It waves.","start":"end"}""", "shots[1].start", "Shot 2: start" },
        { $$"""{{Fine}}],"transition":{"type":"wipe"},"x":[""", "transition", "transition must be" },
        { $$"""{{Fine}}],"model":"nobody","x":[""", "model", "model" },
        { $$"""{{Fine}}],"aspectRatio":"5:4","x":[""", "aspectRatio", "aspectRatio must be" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_said_by_field_and_shot(string shots, string field, string sentence)
    {
        var character = await server.Alice.CreateCharacterAsync();

        using var refused = await server.Alice.SendAsync(HttpMethod.Post, "/storyboards", Boards.Board(character, [shots]));

        await IsAsync(refused, field, sentence);
    }

    [Fact]
    public async Task Nobody_uses_the_pictures_and_characters_of_others()
    {
        var (mine, character) = (await server.Bob.UploadAsync(), await server.Bob.CreateCharacterAsync());

        using var picture = await server.Alice.SendAsync(HttpMethod.Post, "/storyboards", Boards.Board(
            await server.Alice.CreateCharacterAsync(), [Fine, Boards.Shot("It waves.", Boards.From(mine))]));
        using var cast = await server.Alice.SendAsync(HttpMethod.Post, "/storyboards", Boards.Board(character, [Fine]));

        await IsAsync(picture, "shots[1].imageUrl", "Shot 2: imageUrl");
        await cast.InvalidAsync("characterId");
    }

    [Fact]
    public async Task As_many_as_24_shots_are_taken_and_cost_nothing_before_they_are_rendered()
    {
        var word = BoardServer.NewWord();

        var board = await server.Alice.CreateBoardAsync(Enumerable.Repeat(Boards.Shot(word), 24));

        Assert.Equal(("draft", 24, 0), (board.Text("status"), board.Shots().Count, server.Charged(word)));
        Assert.All(board.Shots(), shot => Assert.Equal(("draft", null), (shot.Text("status"), shot.Text("generationId"))));
    }

    private static async Task IsAsync(HttpResponseMessage refused, string field, string sentence)
    {
        var problem = await refused.ProblemAsync(HttpStatusCode.UnprocessableEntity, "validation_failed");
        var error = Assert.Single(problem.GetProperty("errors").EnumerateObject());
        Assert.Equal(field, error.Name);
        Assert.StartsWith(sentence, error.Value[0].GetString(), StringComparison.Ordinal);
    }
}
