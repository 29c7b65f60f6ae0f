using System.Net;
using System.Text.Json;
using VideoGen.SystemTests.Webhooks;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Storyboards;

/// <summary>What can be changed before and after the first render.</summary>
[Collection(nameof(BoardServer))]
public sealed class EditTests(BoardServer server)
{
    private HttpClient Client => server.Alice;

    [Fact]
    public async Task A_draft_is_changed_field_by_field_and_its_shots_as_a_whole()
    {
        var draft = await Client.CreateBoardAsync([Boards.Shot("One."), Boards.Shot("Two.")]);

        var changed = await PatchAsync(draft, """{"title":"A night","quality":"768","aspectRatio":"16:9","sound":false}""");
        var faded = await PatchAsync(draft, "{" + Boards.Fade("0.75")[1..] + "}");
        var longer = await PatchAsync(
            draft, $$"""{"shots":[{{Boards.Shot("One.")}},{{Boards.Shot("2.", Boards.Previous)}},{{Boards.Shot("Three.")}}]}""");
        using var refused = await Client.SendAsync(HttpMethod.Patch, PathOf(draft), """{"shots":[]}""");

        Assert.Equal(("A night", "768", "16:9", false), (changed.Text("title"), changed.Text("quality"),
            changed.Text("aspectRatio"), changed.GetProperty("sound").GetBoolean()));
        Assert.Equal(0.75, faded.GetProperty("transition").GetProperty("seconds").GetDouble());
        Assert.Equal("A night", longer.Text("title"));
        Assert.Equal(["One.", "2.", "Three."], longer.Shots().Select(shot => shot.Text("script")));
        Assert.Equal(draft.Shot(1).Text("id"), longer.Shot(1).Text("id"));
        Assert.NotEqual(draft.Shot(2).Text("id"), longer.Shot(2).Text("id"));
        Assert.True(longer.GetProperty("version").GetInt64() > draft.GetProperty("version").GetInt64());
        await refused.InvalidAsync("shots");
    }

    [Fact]
    public async Task Null_takes_away_what_a_shot_and_a_draft_have_of_their_own()
    {
        var draft = await Client.CreateBoardAsync(
            [Boards.Shot("One."), Boards.Shot("Two.", Boards.Fade() + ""","model":"preview" """)],
            Boards.Fade("1") + ""","model":"preview","aspectRatio":"16:9","sound":false""");

        var shot = (await Client.SendOkAsync(
            HttpMethod.Patch, PathOf(draft) + "/shots/2", """{"transition":null,"model":null,"script":null}""")).Shot(2);
        var board = await PatchAsync(
            draft, """{"title":null,"model":null,"transition":null,"aspectRatio":null,"sound":null,"quality":null}""");

        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null, "Two."), (
            shot.GetProperty("transition").ValueKind, shot.GetProperty("model").ValueKind, shot.Text("script")));
        Assert.Equal(("A day", null, "cut", "1:1", true, "768"), (
            board.Text("title"), board.Text("model"), board.GetProperty("transition").Text("type"), board.Text("aspectRatio"),
            board.GetProperty("sound").GetBoolean(), board.Text("quality")));
    }

    [Fact]
    public async Task Null_takes_away_the_webhook_of_a_draft()
    {
        await using var receiver = await Receiver.StartAsync();
        var hook = $$""","webhookUrl":"{{receiver.Url}}" """;
        var silent = await Client.CreateBoardAsync([Boards.Shot("One.")], hook);
        var told = await Client.CreateBoardAsync([Boards.Shot("One.")], hook);
        await PatchAsync(silent, """{"webhookUrl":null}""");

        foreach (var board in new[] { silent, told })
        {
            await Client.SendOkAsync(HttpMethod.Post, PathOf(board) + "/render");
            Assert.Equal("completed", (await Client.EndBoardAsync(board.Text("id"))).Text("status"));
        }

        await Eventually.TrueAsync(() => receiver.Got.Count > 0, "The receiver was not told.");
        var ended = JsonDocument.Parse(Assert.Single(receiver.Got).Body).RootElement.GetProperty("data");
        Assert.Equal(told.Text("id"), ended.Text("id"));
    }

    [Fact]
    public async Task A_shot_is_changed_until_it_has_started_and_a_storyboard_keeps_its_plan_afterwards()
    {
        var word = BoardServer.NewWord();
        var board = await Client.CreateBoardAsync(
            [Boards.Shot($"One, {word} endless."), Boards.Shot($"Two, {word}.", Boards.Previous)]);
        var path = PathOf(board);
        await Client.SendOkAsync(HttpMethod.Post, path + "/render");
        await server.RunningAsync(word, 1);

        using var started = await Client.SendAsync(HttpMethod.Patch, path + "/shots/1", """{"script":"Another."}""");
        var changed = await Client.SendOkAsync(HttpMethod.Patch, path + "/shots/2", $$"""{"script":"Other, {{word}}."}""");
        using var unknown = await Client.SendAsync(HttpMethod.Patch, path + "/shots/3", """{"script":"Another."}""");
        using var plan = await Client.SendAsync(HttpMethod.Patch, path, """{"sound":false}""");
        var titled = await PatchAsync(board, """{"title":"Later"}""");
        server.Finish(word);
        var end = await Client.EndBoardAsync(board.Text("id"));

        await started.ProblemAsync(HttpStatusCode.Conflict, "already_started");
        Assert.Equal($"Other, {word}.", changed.Shot(2).Text("script"));
        await unknown.ProblemAsync(HttpStatusCode.NotFound, "shot_not_found");
        await plan.ProblemAsync(HttpStatusCode.Conflict, "already_started");
        Assert.Equal("Later", titled.Text("title"));
        Assert.Equal("completed", end.Text("status"));
        Assert.Equal((1, 0), (server.Charged($"Other, {word}."), server.Charged($"Two, {word}.")));
    }

    private Task<JsonElement> PatchAsync(JsonElement board, string json) =>
        Client.SendOkAsync(HttpMethod.Patch, PathOf(board), json);

    private static string PathOf(JsonElement board) => "/storyboards/" + board.Text("id");
}
