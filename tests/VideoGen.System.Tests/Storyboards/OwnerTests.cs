using System.Net;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Storyboards;

/// <summary>Characters and storyboards of others do not exist.</summary>
[Collection(nameof(BoardServer))]
public sealed class OwnerTests(BoardServer server)
{
    [Fact]
    public async Task Nobody_sees_or_touches_the_storyboards_and_characters_of_others()
    {
        var board = await server.Alice.CreateBoardAsync([Boards.Shot("It waves.")]);
        var (path, character) = ("/storyboards/" + board.Text("id"), "/characters/" + board.Text("characterId"));
        (HttpMethod Method, string Path)[] requests =
        [
            (HttpMethod.Get, path), (HttpMethod.Patch, path), (HttpMethod.Delete, path), (HttpMethod.Get, path + "/events"),
            (HttpMethod.Post, path + "/render"), (HttpMethod.Post, path + "/retry"), (HttpMethod.Post, path + "/cancel"),
            (HttpMethod.Patch, path + "/shots/1"), (HttpMethod.Post, path + "/shots/1/regenerate"),
            (HttpMethod.Post, path + "/shots/1/retry"), (HttpMethod.Post, path + "/shots/1/cancel"),
            (HttpMethod.Get, character), (HttpMethod.Patch, character), (HttpMethod.Delete, character),
            (HttpMethod.Get, character + "/generations"),
        ];

        foreach (var (method, one) in requests)
        {
            using var answer = await server.Bob.SendAsync(
                method, one, method == HttpMethod.Patch ? """{"title":"Mine","name":"Mine","script":"Mine."}""" : null);
            await answer.ProblemAsync(
                HttpStatusCode.NotFound,
                one.StartsWith(character, StringComparison.Ordinal) ? "character_not_found" : "storyboard_not_found");
        }

        Assert.Empty(await IdsAsync(server.Bob, "/storyboards"));
        Assert.DoesNotContain(board.Text("characterId"), await IdsAsync(server.Bob, "/characters"));
        Assert.Contains(board.Text("id"), await IdsAsync(server.Alice, "/storyboards"));
        var after = await server.Alice.GetBoardAsync(board.Text("id"));
        Assert.Equal(board.GetProperty("version").GetInt64(), after.GetProperty("version").GetInt64());
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(HttpClient client, string path)
    {
        using var page = await client.GetAsync(path + "?limit=100");
        return [.. (await page.JsonAsync()).EnumerateArray().Select(one => one.Text("id"))];
    }
}
