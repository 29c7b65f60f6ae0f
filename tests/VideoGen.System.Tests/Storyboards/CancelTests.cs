using System.Net;
using System.Text.Json;
using VideoGen.FakeHub.Faults;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Storyboards;

/// <summary>Cancel, retry and delete: of one shot, and of all.</summary>
[Collection(nameof(BoardServer))]
public sealed class CancelTests(BoardServer server)
{
    private HttpClient Client => server.Alice;

    [Fact]
    public async Task One_shot_is_canceled_then_all_and_a_retry_makes_what_is_missing()
    {
        var word = BoardServer.NewWord();
        var id = await Client.RenderBoardAsync(
            [Boards.Shot($"One, {word} endless."), Boards.Shot($"Two, {word} endless."), Boards.Shot($"Three, {word}.")]);
        var path = "/storyboards/" + id;
        await server.RunningAsync("One, " + word, 1);
        await server.RunningAsync("Two, " + word, 1);
        await Client.UntilAsync(id, board => board.Shot(3).Text("status") == "completed");

        await Client.SendOkAsync(HttpMethod.Post, path + "/shots/2/cancel");
        var one = await Client.UntilAsync(id, board => board.Shot(2).Text("status") == "canceled");
        using var again = await Client.SendAsync(HttpMethod.Post, path + "/shots/2/cancel");
        using var running = await Client.SendAsync(HttpMethod.Post, path + "/shots/1/retry");
        await Client.SendOkAsync(HttpMethod.Post, path + "/cancel");
        var all = await Client.EndBoardAsync(id);

        Assert.Equal(("rendering", "processing"), (one.Text("status"), one.Shot(1).Text("status")));
        await again.ProblemAsync(HttpStatusCode.Conflict, "already_finished");
        await running.ProblemAsync(HttpStatusCode.Conflict, "nothing_to_retry");
        Assert.Equal("canceled canceled canceled completed", $"{all.Text("status")} {Statuses(all)}");
        await server.RunningAsync(word, 0);

        await Client.SendOkAsync(HttpMethod.Post, path + "/shots/1/retry");
        await server.RunningAsync("One, " + word, 1);
        await Client.SendOkAsync(HttpMethod.Post, path + "/retry");
        await server.RunningAsync("Two, " + word, 1);
        server.Finish(word);
        var end = await Client.EndBoardAsync(id);
        using var done = await Client.SendAsync(HttpMethod.Post, path + "/retry");

        Assert.Equal("completed completed completed completed", $"{end.Text("status")} {Statuses(end)}");
        await done.ProblemAsync(HttpStatusCode.Conflict, "nothing_to_retry");
        Assert.Equal((2, 2, 1), ChargesOf(word));
    }

    [Fact]
    public async Task A_shot_that_fails_fails_the_storyboard_and_those_after_it_wait_for_its_retry()
    {
        var word = BoardServer.NewWord();
        server.Hub.Faults.Add(FaultKind.FailJob, $"One, {word}", next: 1, status: 422);

        var id = await Client.RenderBoardAsync(
            [Boards.Shot($"One, {word}."), Boards.Shot($"Two, {word}.", Boards.Previous), Boards.Shot($"Three, {word}.")]);
        var failed = await Client.EndBoardAsync(id);
        await Client.SendOkAsync(HttpMethod.Post, $"/storyboards/{id}/retry");
        var end = await Client.EndBoardAsync(id);

        Assert.Equal("failed: input_rejected failed pending completed", $"{failed.Outcome()} {Statuses(failed)}");
        Assert.Equal("completed completed completed completed", $"{end.Outcome()} {Statuses(end)}");
        Assert.Equal((2, 1, 1), ChargesOf(word));
    }

    [Fact]
    public async Task A_shot_that_is_made_anew_and_canceled_keeps_its_video()
    {
        var word = BoardServer.NewWord();
        var id = await Client.RenderBoardAsync([Boards.Shot($"{word} first.")]);
        var before = await Client.EndBoardAsync(id);

        var redoing = await Client.SendOkAsync(
            HttpMethod.Post, $"/storyboards/{id}/shots/1/regenerate", $$"""{"script":"{{word}} endless."}""");
        await server.RunningAsync(word, 1);
        await Client.SendOkAsync(HttpMethod.Post, $"/storyboards/{id}/shots/1/cancel");
        var after = await Client.EndBoardAsync(id);

        Assert.Equal(("rendering", before.Text("videoUrl").Split('?')[0]), (redoing.Text("status"), VideoOf(redoing)));
        Assert.Equal(("completed", VideoOf(before)), (after.Text("status"), VideoOf(after)));
        Assert.Equal(VideoOf(before.Shot(1)), VideoOf(after.Shot(1)));
        await server.RunningAsync(word, 0);
    }

    [Fact]
    public async Task A_storyboard_is_deleted_while_it_renders_only_by_force_and_its_shots_are_canceled()
    {
        var word = BoardServer.NewWord();
        var id = await Client.RenderBoardAsync([
            Boards.Shot($"One, {word} endless."), Boards.Shot($"Two, {word}.", Boards.Previous),
            Boards.Shot($"Three, {word}.")]);
        await server.RunningAsync("One, " + word, 1);
        var board = await Client.UntilAsync(id, one => one.Shot(3).Text("status") == "completed");

        using var refused = await Client.DeleteAsync("/storyboards/" + id);
        using var unclear = await Client.DeleteAsync($"/storyboards/{id}?force=1");
        using var forced = await Client.DeleteAsync($"/storyboards/{id}?force=true");
        using var gone = await Client.GetAsync("/storyboards/" + id);

        await refused.ProblemAsync(HttpStatusCode.Conflict, "still_running");
        await unclear.InvalidAsync("force");
        Assert.Equal(HttpStatusCode.NoContent, forced.StatusCode);
        await gone.ProblemAsync(HttpStatusCode.NotFound, "storyboard_not_found");
        Assert.Equal("canceled", (await Client.EndAsync(board.Shot(1).Text("generationId"))).Text("status"));
        Assert.Equal("completed", (await Client.EndAsync(board.Shot(3).Text("generationId"))).Text("status"));
        await server.RunningAsync(word, 0);
        Assert.Equal(0, server.Charged("Two, " + word));
    }

    [Fact]
    public async Task A_finished_storyboard_is_deleted_with_its_video_and_the_videos_of_its_shots_stay()
    {
        var id = await Client.RenderBoardAsync([Boards.Shot("It waves.")]);
        var board = await Client.EndBoardAsync(id);

        using var deleted = await Client.DeleteAsync("/storyboards/" + id);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        foreach (var url in new[] { board.Text("videoUrl"), board.Text("posterUrl") })
        {
            await Eventually.TrueAsync(
                async () => (await Client.GetAsync(url)).StatusCode is HttpStatusCode.NotFound, $"{url} is still there.");
        }

        using var shot = await Client.GetAsync(board.Shot(1).Text("videoUrl"));
        Assert.Equal(HttpStatusCode.OK, shot.StatusCode);
    }

    private (int One, int Two, int Three) ChargesOf(string word) =>
        (server.Charged("One, " + word), server.Charged("Two, " + word), server.Charged("Three, " + word));

    private static string Statuses(JsonElement board) => string.Join(' ', board.Shots().Select(shot => shot.Text("status")));

    /// <summary>Addresses are signed anew each time.</summary>
    private static string VideoOf(JsonElement resource) => resource.Text("videoUrl").Split('?')[0];
}
