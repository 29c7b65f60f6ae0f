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
    public Task When_the_Hub_does_not_say_who_serves_the_model_nothing_is_ordered_blindly() =>
        Task.WhenAll(Table.Select(row => CompleteAsync(row.Status, row.Times, row.Outcome, row.Submits)));

    private static async Task CompleteAsync(int status, int times, string outcome, int submits)
    {
        await using var hub = await Hub.StartAsync();
        await using var api = await ApiProcess.StartAsync(FaultyOrders.Settings(hub));    // one that knows no mapping yet
        var image = await api.Client.UploadAsync();
        hub.Faults.Add(new FaultRule(FaultKind.MappingError, new(Next: times)) { Status = status });

        var end = await api.Client.EndAsync(await api.Client.OrderAsync(image, $"She waves after {status}."));

        Assert.True(outcome == end.Outcome(), $"{outcome} was expected after {status}, and not {end}");
        Assert.Equal(submits, hub.Submits.Count($"after {status}").Arrived);
    }
}
