using VideoGen.FakeHub.Faults;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Faults;

/// <summary>The Hub is asked again after a failure, and no order fails for that.</summary>
public sealed class MappingFaultTests
{
    private static readonly (int Status, int Times, string Outcome, int Submits)[] Table =
    [
        (401, 1, "completed", 1),
        (404, 1, "completed", 1),
        (503, 2, "completed", 1),
    ];

    [Fact]
    public async Task When_the_Hub_does_not_say_who_serves_the_model_nothing_is_ordered_blindly()
    {
        await using var hub = await Hub.StartAsync();
        foreach (var (status, times, outcome, submits) in Table)
        {
            await using var api = await ApiProcess.StartAsync(FaultyOrders.Settings(hub));    // one that knows no mapping yet
            var image = await api.Client.UploadAsync();
            hub.Faults.Add(new FaultRule(FaultKind.MappingError, new(Next: times)) { Status = status });

            var end = await api.Client.EndAsync(await api.Client.OrderAsync(image, $"She waves after {status}."));

            Assert.True(outcome == end.Outcome(), $"{outcome} was expected after {status}, and not {end}");
            Assert.Equal(submits, hub.Submits.Count($"after {status}").Arrived);
        }
    }
}
