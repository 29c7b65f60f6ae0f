using System.Net;
using System.Text.Json;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Storyboards;

/// <summary>A video of a finished shot that the media store does not find when it is needed again.</summary>
public sealed class MissingVideoTests
{
    [Fact]
    public async Task A_video_that_is_not_found_is_looked_for_again_and_one_that_was_deleted_is_made_anew()
    {
        await using var maker = await Maker.StartAsync(Maker.Paid);
        var client = maker.Client;
        var id = await client.RenderBoardAsync([Boards.Shot("She wakes."), Boards.Shot("She runs.")]);
        var path = "/storyboards/" + id;
        var first = await client.EndBoardAsync(id);

        // Away for a while: the storyboard waits, and goes on when the video is back.
        var file = Path.GetFileName(first.Shot(1).Text("videoUrl"));
        var place = Assert.Single(Directory.GetFiles(maker.Api.DataDirectory, file, SearchOption.AllDirectories));
        var aside = place + ".aside";
        File.Move(place, aside);
        await client.SendOkAsync(HttpMethod.Patch, path, """{"transition":{"type":"crossfade"}}""");
        var waiting = await client.UntilAsync(id, board => board.GetProperty("waitReason").ValueKind is JsonValueKind.String);
        File.Move(aside, place);
        var joined = await client.EndBoardAsync(id);

        Assert.Equal("joining", waiting.Text("status"));
        Assert.Contains("shot 1", waiting.Text("waitReason"), StringComparison.Ordinal);
        Assert.Equal("completed", joined.Text("status"));

        // Deleted: its generation says so, and only a new one helps.
        using var deleted = await client.SendAsync(HttpMethod.Delete, "/generation/" + first.Shot(1).Text("generationId"));
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await client.SendOkAsync(HttpMethod.Patch, path, """{"transition":{"type":"cut"}}""");
        var failed = await client.EndBoardAsync(id);

        Assert.Equal(("failed", "failed"), (failed.Text("status"), failed.Shot(1).Text("status")));
        Assert.Equal("job_lost", failed.GetProperty("error").Text("code"));
        Assert.Equal(2, maker.Charged);
        await client.SendOkAsync(HttpMethod.Post, path + "/shots/1/regenerate");
        Assert.Equal("completed", (await client.EndBoardAsync(id)).Text("status"));
        Assert.Equal(3, maker.Charged);
    }
}
