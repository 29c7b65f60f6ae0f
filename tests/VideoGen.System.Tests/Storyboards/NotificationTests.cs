using System.Net;
using System.Text.Json;
using VideoGen.SystemTests.Webhooks;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Storyboards;

/// <summary>What is told about a storyboard while it renders and when it has ended.</summary>
[Collection(nameof(BoardServer))]
public sealed class NotificationTests(BoardServer server)
{
    private HttpClient Client => server.Alice;

    [Fact]
    public async Task The_stream_shows_every_status_and_ends_with_the_storyboard()
    {
        var board = await Client.CreateBoardAsync([Boards.Shot("One."), Boards.Shot("Two.", Boards.Previous)]);
        var path = "/storyboards/" + board.Text("id");
        using var stream = await EventReader.OpenAsync(Client, path + "/events");
        var draft = await stream.NextEventAsync();

        await Client.SendOkAsync(HttpMethod.Post, path + "/render");
        var events = await stream.RestAsync();
        using var nothing = await EventReader.OpenAsync(Client, path + "/events", events[^1].Id);
        using var again = await EventReader.OpenAsync(Client, path + "/events", draft!.Id);

        Assert.Equal(("storyboard", "draft"), (draft.Name, draft.Text("status")));
        Assert.All(events, one => Assert.Equal("storyboard", one.Name));
        Assert.Equal(["rendering", "joining", "completed"], Steps(events, one => one.Text("status")));
        Assert.Equal(["pending", "processing", "completed"], Steps(events, one => one.Data.Shot(1).Text("status")));
        Assert.Equal(events.Select(one => one.Id).Order(), events.Select(one => one.Id));
        Assert.Equal(HttpStatusCode.NoContent, nothing.Response.StatusCode);
        Assert.Equal("completed", Assert.Single(await again.RestAsync()).Text("status"));
    }

    [Fact]
    public async Task The_stream_of_a_storyboard_that_is_deleted_says_so_and_ends()
    {
        var id = await Client.RenderBoardAsync([Boards.Shot("It is endless.")]);
        using var stream = await EventReader.OpenAsync(Client, $"/storyboards/{id}/events");
        await stream.NextEventAsync();

        using var deleted = await Client.DeleteAsync($"/storyboards/{id}?force=true");

        Assert.Equal("deleted", (await stream.RestAsync())[^1].Name);
    }

    [Fact]
    public async Task A_webhook_tells_each_end_once()
    {
        await using var receiver = await Receiver.StartAsync();
        var id = await Client.RenderBoardAsync([Boards.Shot("It waves.")], $$""","webhookUrl":"{{receiver.Url}}" """);
        var first = await Client.EndBoardAsync(id);
        await Eventually.TrueAsync(() => receiver.Got.Count == 1, "The first end was not told.");

        await Client.SendOkAsync(HttpMethod.Patch, $"/storyboards/{id}", """{"title":"Nothing to tell"}""");
        await Client.SendOkAsync(HttpMethod.Post, $"/storyboards/{id}/shots/1/regenerate");
        var second = await Client.EndBoardAsync(id);
        await Eventually.TrueAsync(() => receiver.Got.Count == 2, "The second end was not told.");

        // The ends of the shots themselves are told to nobody.
        var told = receiver.Got.Select(one => JsonDocument.Parse(one.Body).RootElement).ToList();
        Assert.All(told, one => Assert.Equal(
            ("storyboard.completed", id), (one.Text("type"), one.GetProperty("data").Text("id"))));
        Assert.Equal(
            new[] { first, second }.Select(board => board.Text("videoUrl").Split('?')[0]),
            told.Select(one => one.GetProperty("data").Text("videoUrl")));
        Assert.Equal(2, receiver.Got.Select(one => one.Id).Distinct().Count());
    }

    private static IEnumerable<string> Steps(IEnumerable<ReceivedEvent> events, Func<ReceivedEvent, string> of)
    {
        var last = "";
        foreach (var step in events.Select(of).Where(step => step != last))
        {
            yield return last = step;
        }
    }
}
