using VideoGen.FakeHub.Faults;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Submits;

/// <summary>A process that is told to stop while a paid order has no answer yet.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task A_stop_waits_for_the_answer_and_the_next_start_goes_on_with_the_job()
    {
        await using var hub = await Hub.StartAsync(shaped: true);
        hub.Faults.Add(FaultKind.AcceptThenStall, "slowly", seconds: 20);
        await using var api = await ApiProcess.StartAsync(Hub.Settings(hub, "fal-ai"));
        var id = await api.Client.OrderAsync(await api.Client.UploadAsync(), "She is answered slowly.");
        await Eventually.TrueAsync(() => hub.Submits.Count("slowly").Arrived == 1, "The order was not sent.");

        var exitCode = await api.StopAsync();
        var log = api.Log;
        await api.RestartAsync();

        Assert.Equal(0, exitCode);
        Assert.Contains("responses to paid submits in flight: 1", log, StringComparison.Ordinal);
        Assert.Equal("completed", (await api.Client.EndAsync(id)).Outcome());
        Assert.Equal(1, hub.Submits.Count("slowly").Arrived);
    }
}
