using VideoGen.FakeHub.Faults;
using VideoGen.Testing;

namespace VideoGen.EndToEnd.Tests.Faults;

/// <summary>The Hub is asked once per process who serves the model, so each of these needs a process of its own.</summary>
public sealed class MappingFaultTests
{
    [Theory]
    [InlineData(401, 1, "failed: token_refused", 0)]
    [InlineData(404, 1, "failed: model_unavailable", 0)]
    [InlineData(503, 2, "completed", 1)]
    public async Task When_the_Hub_does_not_say_who_serves_the_model_nothing_is_ordered_blindly(
        int status, int times, string outcome, int submits)
    {
        await using var hub = await Hub.StartAsync();
        await using var api = await ApiProcess.StartAsync(FaultyOrders.Settings(hub));
        hub.Faults.Add(new FaultRule(FaultKind.MappingError, new(Next: times)) { Status = status });

        var end = await api.Client.EndAsync(await api.Client.OrderAsync(await api.Client.UploadAsync(), "She waves."));

        Assert.True(outcome == end.Outcome(), $"{outcome} was expected, and not {end}");
        Assert.Equal(submits, hub.Submits.Count("").Arrived);
    }
}
