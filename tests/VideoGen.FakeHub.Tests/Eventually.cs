namespace VideoGen.FakeHub.Tests;

/// <summary>Waits for something that another thread is about to do; there is a real connection in between.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        for (var left = 12_000; !condition(); left--)
        {
            Assert.True(left > 0, "It did not happen within a minute.");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
