using System.Net;
using VideoGen.FakeHub.Faults;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Storyboards;

/// <summary>All shots of a storyboard are admitted, or none.</summary>
public sealed class AdmissionTests
{
    private const string Endless = "endless";

    [Fact]
    public async Task A_queue_without_room_for_all_shots_takes_none()
    {
        await using var maker = await StartAsync(("VideoGen__Inference__MaxUnfinished", "5"));
        var client = maker.Client;
        var running = await client.RenderBoardAsync(Enumerable.Repeat(Boards.Shot($"One, {Endless}."), 3));
        await Eventually.TrueAsync(() => maker.Charged == 3, "The first storyboard is not submitted.");
        var id = (await client.CreateBoardAsync(Enumerable.Repeat(Boards.Shot("Two."), 3))).Text("id");

        using var refused = await client.SendAsync(HttpMethod.Post, $"/storyboards/{id}/render", key: "again");
        var draft = await client.GetBoardAsync(id);
        await client.SendOkAsync(HttpMethod.Post, $"/storyboards/{running}/cancel");
        await client.EndBoardAsync(running);
        await Eventually.GetAsync(
            async () => (await client.SendAsync(HttpMethod.Post, $"/storyboards/{id}/render", key: "again")).StatusCode,
            status => status is HttpStatusCode.OK, status => $"Still {status}.");
        var end = await client.EndBoardAsync(id);

        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "queue_full");
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal("draft", draft.Text("status"));
        Assert.Equal(("completed", 6), (end.Text("status"), maker.Charged));
    }

    [Fact]
    public async Task A_quota_that_does_not_suffice_for_all_shots_counts_none()
    {
        await using var maker = await StartAsync(("VideoGen__Limits__RendersPerDay", "5"));
        var client = maker.Client;
        await client.RenderBoardAsync(Enumerable.Repeat(Boards.Shot($"One, {Endless}."), 3));
        var three = (await client.CreateBoardAsync(Enumerable.Repeat(Boards.Shot($"Two, {Endless}."), 3))).Text("id");

        using var refused = await client.SendAsync(HttpMethod.Post, $"/storyboards/{three}/render");
        var draft = await client.GetBoardAsync(three);
        await client.SendOkAsync(
            HttpMethod.Patch, $"/storyboards/{three}", $$"""{"shots":[{{Boards.Shot("Two.")}},{{Boards.Shot("Two.")}}]}""");
        await client.SendOkAsync(HttpMethod.Post, $"/storyboards/{three}/render");
        var end = await client.EndBoardAsync(three);
        using var nothingLeft = await client.SendAsync(HttpMethod.Post, $"/storyboards/{three}/shots/1/regenerate");

        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "limit_reached");
        Assert.Equal("draft", draft.Text("status"));
        Assert.Equal("completed", end.Text("status"));
        await nothingLeft.ProblemAsync(HttpStatusCode.TooManyRequests, "limit_reached");
        await Eventually.TrueAsync(() => maker.Charged == 5, "Not all shots were submitted.");
    }

    private static async Task<Maker> StartAsync((string, string) limit)
    {
        var maker = await Maker.StartAsync(Maker.Paid, limit, ("VideoGen__Inference__MaxConcurrent", "100"));
        maker.Hub!.Faults.Add(FaultKind.NeverFinish, Endless);
        return maker;
    }
}
