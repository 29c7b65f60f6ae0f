using VideoGen.FakeHub.Faults;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Faults;

/// <summary>The Hub is asked again after a failure, and no order fails for that.</summary>
public sealed class MappingFaultTests
{
    private static readonly FaultRule[] Table =
    [
        new(FaultKind.MappingError, new(Next: 1)) { Status = 401 },
        new(FaultKind.MappingError, new(Next: 1)) { Status = 404 },
        new(FaultKind.MappingError, new(Next: 2)) { Status = 503 },
        new(FaultKind.EmptyMapping, new(Next: 1)),
    ];

    [Fact]
    public Task When_the_Hub_does_not_say_who_serves_the_model_nothing_is_ordered_blindly() =>
        Task.WhenAll(Table.Select(CompleteAsync));

    private static async Task CompleteAsync(FaultRule fault)
    {
        await using var hub = await Hub.StartAsync(shaped: true);
        await using var api = await ApiProcess.StartAsync(FaultyOrders.Settings(hub));    // one that knows no mapping yet
        var image = await api.Client.UploadAsync();
        hub.Faults.Add(fault);

        var end = await api.Client.EndAsync(await api.Client.OrderAsync(image, "She waves."));

        Assert.True(end.Outcome() == "completed", $"{fault}: {end}");
        Assert.Equal(1, hub.Submits.Count("She waves.").Arrived);
    }
}
