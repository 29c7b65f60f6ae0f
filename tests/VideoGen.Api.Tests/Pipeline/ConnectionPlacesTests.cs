using VideoGen.Api.Pipeline;

namespace VideoGen.Api.Tests.Pipeline;

public sealed class ConnectionPlacesTests
{
    private const long Gigabyte = 1L << 30;

    [Theory]
    [InlineData(1_048_576, 64, 20_000)]
    [InlineData(long.MaxValue, 64, 20_000)]
    [InlineData(1_024, 64, 256)]
    [InlineData(512, 64, 50)]
    [InlineData(128, 64, 16)]
    [InlineData(1_048_576, 1, 16_384)]
    public void As_many_are_served_as_there_are_files_and_memory_for(long files, long gigabytes, int served)
    {
        using var places = new ConnectionPlaces(files, gigabytes * Gigabyte);

        Assert.Equal(served, places.Served);
        Assert.True(served <= 16 || 384 + places.Served + places.Accepted <= files);
    }

    [Fact]
    public async Task Who_comes_when_all_places_are_taken_waits_for_one_and_is_served_when_there_are_few_again()
    {
        using var places = new ConnectionPlaces(files: 0, Gigabyte);
        List<ConnectionPlaces.Place> taken = [];
        for (var number = 0; number < places.Accepted; number++)
        {
            taken.Add(await places.EnterAsync(default));
        }

        var waiting = places.EnterAsync(default).AsTask();

        Assert.Equal(places.Served, taken.Count(place => place.IsServed));
        Assert.False(waiting.IsCompleted);
        taken.ForEach(place => place.Leave());
        taken[0].Leave();    // once more takes no place of others
        await waiting;
        Assert.True((await places.EnterAsync(default)).IsServed);
    }
}
