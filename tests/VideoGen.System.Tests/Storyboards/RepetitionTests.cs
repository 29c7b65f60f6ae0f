using System.Net;
using System.Text.Json;
using VideoGen.FakeHub.Jobs;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Storyboards;

/// <summary>Requests that cost money, sent twice, and at the same moment as others.</summary>
[Collection(nameof(BoardServer))]
public sealed class RepetitionTests(BoardServer server)
{
    private const string Replayed = "Idempotency-Replayed";

    private HttpClient Client => server.Alice;

    [Fact]
    public async Task Rendering_twice_with_whatever_key_renders_once()
    {
        var word = BoardServer.NewWord();
        var path = PathOf(await Client.CreateBoardAsync([Boards.Shot(word), Boards.Shot(word)]));

        using var first = await Client.SendAsync(HttpMethod.Post, path + "/render", key: "one-" + word);
        using var same = await Client.SendAsync(HttpMethod.Post, path + "/render", key: "one-" + word);
        using var other = await Client.SendAsync(HttpMethod.Post, path + "/render", key: "other-" + word);
        using var none = await Client.SendAsync(HttpMethod.Post, path + "/render");
        using var reused = await Client.SendAsync(HttpMethod.Post, path + "/shots/1/regenerate", key: "one-" + word);
        var end = await Client.EndBoardAsync(path.Split('/')[^1]);

        Assert.All([first, same, other, none], answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal([false, true, false, false],
            new[] { first, same, other, none }.Select(answer => answer.Headers.Contains(Replayed)));
        await reused.ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        Assert.Equal(("completed", 2), (end.Text("status"), server.Charged(word)));
    }

    [Fact]
    public async Task A_shot_that_is_made_anew_twice_at_the_same_moment_is_made_anew_once()
    {
        var (word, path) = await CompletedAsync();

        var answers = await Task.WhenAll(RegenerateAsync(path, word), RegenerateAsync(path, word));

        var refused = Assert.Single(answers, answer => answer.StatusCode is not HttpStatusCode.OK);
        await refused.ProblemAsync(HttpStatusCode.Conflict, "still_running");
        await OnlyOneMoreAsync(word, path);
    }

    [Fact]
    public async Task With_the_same_key_the_second_of_two_requests_at_the_same_moment_gets_the_answer_of_the_first()
    {
        var (word, path) = await CompletedAsync();

        var answers = await Task.WhenAll(RegenerateAsync(path, word, "key-" + word), RegenerateAsync(path, word, "key-" + word));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Single(answers, answer => answer.Headers.Contains(Replayed));
        var ids = await Task.WhenAll(answers.Select(async answer => (await answer.JsonAsync()).Shot(1).Text("generationId")));
        Assert.Equal(ids[0], ids[1]);
        using var otherBody = await Client.SendAsync(
            HttpMethod.Post, path + "/shots/1/regenerate", """{"script":"Another."}""", "key-" + word);
        await otherBody.ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        await OnlyOneMoreAsync(word, path);
    }

    [Fact]
    public async Task A_shot_that_is_made_anew_while_its_storyboard_is_deleted_is_not_made()
    {
        for (var round = 0; round < 3; round++)
        {
            var (word, path) = await CompletedAsync();
            var deleting = Client.DeleteAsync(path + "?force=true");
            var regenerating = RegenerateAsync(path, word);
            using var deleted = await deleting;
            using var regenerated = await regenerating;

            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
            if (regenerated.StatusCode is HttpStatusCode.OK)
            {
                var id = (await regenerated.JsonAsync()).Shot(1).Text("generationId");
                await Eventually.TrueAsync(() => IsCanceledAsync(id), $"Generation {id} is not canceled.");
            }
            else
            {
                await regenerated.ProblemAsync(HttpStatusCode.NotFound, "storyboard_not_found");
            }

            await server.RunningAsync(word, 0);
            using var gone = await Client.GetAsync(path);
            await gone.ProblemAsync(HttpStatusCode.NotFound, "storyboard_not_found");
        }
    }

    /// <summary>One that was never submitted is not there.</summary>
    private async Task<bool> IsCanceledAsync(string id)
    {
        using var answer = await Client.GetAsync("/generation/" + id);
        return answer.StatusCode is HttpStatusCode.NotFound || (await answer.JsonAsync()).Text("status") == "canceled";
    }

    private async Task<(string Word, string Path)> CompletedAsync()
    {
        var word = BoardServer.NewWord();
        var id = await Client.RenderBoardAsync([Boards.Shot($"{word} first.")]);
        Assert.Equal("completed", (await Client.EndBoardAsync(id)).Text("status"));
        return (word, "/storyboards/" + id);
    }

    private Task<HttpResponseMessage> RegenerateAsync(string path, string word, string? key = null) => Client.SendAsync(
        HttpMethod.Post, path + "/shots/1/regenerate", $$"""{"script":"{{word}} endless."}""", key);

    private async Task OnlyOneMoreAsync(string word, string path)
    {
        await server.RunningAsync(word, 1);
        server.Finish(word);
        Assert.Equal("completed", (await Client.EndBoardAsync(path.Split('/')[^1])).Text("status"));
        Assert.Equal(2, server.Charged(word));
        Assert.All(server.Hub.Jobs.For(word), job => Assert.Equal(JobPhase.Done, server.Hub.Jobs.PhaseOf(job)));
    }

    private static string PathOf(JsonElement board) => "/storyboards/" + board.Text("id");
}
