using VideoGen.FakeHub.Faults;
using VideoGen.Testing;

namespace VideoGen.EndToEnd.Tests.Faults;

/// <summary>The Hub is asked again after a failure, and once it has said who serves the model never again.</summary>
public sealed class MappingFaultTests
{
    private static readonly (int Status, int Times, string Outcome, int Submits)[] Table =
    [
        (401, 1, "failed: token_refused", 0),
        (404, 1, "failed: model_unavailable", 0),
        (503, 2, "completed", 1),
    ];

    [Fact]
    public async Task When_the_Hub_does_not_say_who_serves_the_model_nothing_is_ordered_blindly()
    {
        await using var hub = await Hub.StartAsync();
        await using var api = await ApiProcess.StartAsync(FaultyOrders.Settings(hub));
        var image = await api.Client.UploadAsync();
        foreach (var (status, times, outcome, submits) in Table)
        {
            hub.Faults.Add(new FaultRule(FaultKind.MappingError, new(Next: times)) { Status = status });

            var end = await api.Client.EndAsync(await api.Client.OrderAsync(image, $"She waves after {status}."));

            Assert.True(outcome == end.Outcome(), $"{outcome} was expected after {status}, and not {end}");
            Assert.Equal(submits, hub.Submits.Count("").Arrived);
        }
    }
}
