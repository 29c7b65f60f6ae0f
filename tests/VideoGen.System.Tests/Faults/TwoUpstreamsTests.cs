using System.Text.Json;
using VideoGen.FakeHub;
using VideoGen.FakeHub.Faults;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Faults;

/// <summary>Two upstreams of one kind, one of which is stopped.</summary>
public sealed class TwoUpstreamsTests : IAsyncLifetime
{
    private readonly Uri _stopped = new($"http://127.0.0.1:{FreePorts.Take()}");
    private FakeHubServer _hub = null!;
    private ApiProcess _api = null!;
    private string _image = "";

    public async ValueTask InitializeAsync()
    {
        _hub = await Hub.StartAsync(shaped: true);
        _api = await ApiProcess.StartAsync(
        [
            .. _hub.Settings("fal-ai"), .. _hub.Upstream("good"), .. _hub.Upstream("gone", _stopped),
            ("VideoGen__Models__careful__Upstream", "gone"), ("VideoGen__Models__careful__Name", Hub.Model),
            ("VideoGen__Models__careful__Fallback", "good"), ("VideoGen__DefaultModel", "good"),
        ]);
        _image = await _api.Client.UploadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task Orders_for_the_stopped_one_wait_with_a_reason_or_move_and_the_others_go_on()
    {
        _hub.Faults.Add(FaultKind.FailJob, "without a video", status: 422);    // ffmpeg would take minutes for so many
        var waiting = await _api.Client.OrderAsync(_image, "She waits.", "gone");
        var seen = await Eventually.GetAsync(
            () => _api.Client.GetGenerationAsync(waiting), Waits, seen => $"It does not wait: {seen}");
        Assert.Contains("could not be reached", seen.Text("waitReason"), StringComparison.Ordinal);

        string[] scripts =
        [
            .. Enumerable.Range(0, 12).Select(number => $"Number {number}, without a video."), "She moves.", "She stays.",
        ];
        var ends = await Task.WhenAll(scripts.Select(async (script, number) =>
            await _api.Client.EndAsync(await _api.Client.OrderAsync(_image, script, number % 2 == 0 ? "careful" : "good"))));

        Assert.Equal(["completed", "completed"], ends[^2..].Select(Client.Outcome));
        Assert.All(ends[..^2], end => Assert.Equal("failed: input_rejected", end.Outcome()));
        Assert.All(ends, end => Assert.Equal("good", end.Text("model")));
        Assert.Equal(["careful", null], ends[^2..].Select(end => end.Text("requestedModel")));
        Assert.All(scripts, script => Assert.Single(_hub.Jobs.For(script)));
        await Eventually.GetAsync(    // a probe is sent again and again, and for that moment it does not wait
            () => _api.Client.GetGenerationAsync(waiting), Waits, seen => $"It does not wait any more: {seen}");
        using var models = await _api.Client.GetAsync("/models");
        var gone = (await models.JsonAsync()).EnumerateArray().Single(model => model.Text("id") == "gone");
        Assert.False(gone.GetProperty("available").GetBoolean());

        await using var back = await FakeHubServer.StartAsync(new FakeHubOptions
        {
            Urls = _stopped.AbsoluteUri,
            Settings = new() { QueueSeconds = 0.05, RenderSeconds = 0.2 },
        });

        Assert.Equal("completed", (await _api.Client.EndAsync(waiting)).Outcome());
        Assert.Single(back.Jobs.For("She waits."));
        Assert.Empty(_hub.Jobs.For("She waits."));
    }

    private static bool Waits(JsonElement generation) =>
        generation.Text("stage") is "waiting_for_capacity" && generation.Text("waitReason") is not null;
}
