using VideoGen.Grains.Notifications;
using VideoGen.Silo.Notifications;

namespace VideoGen.Silo.Tests.Notifications;

public sealed class PendingNotificationsTests
{
    private readonly PendingNotifications _pending = new();

    [Fact]
    public void Quick_changes_of_a_generation_are_one_notification()
    {
        var last = new GenerationNotification("ann", "1", null);
        _pending.Add(new GenerationNotification("ann", "1", null));
        _pending.Add(new GenerationNotification("ann", "2", null));
        _pending.Add(last);

        var items = _pending.Take(out var hasLost);

        Assert.Equal(["1", "2"], items.Select(item => item.GenerationId).Order());
        Assert.Same(last, items.Single(item => item.GenerationId == "1"));
        Assert.False(hasLost);
        Assert.Empty(_pending.Take(out _));
    }

    [Fact]
    public void More_than_fit_are_lost_and_it_says_so_once()
    {
        for (var id = 0; id <= PendingNotifications.Capacity; id++)
        {
            _pending.Add(new GenerationNotification("ann", $"{id}", null));
        }

        _pending.Add(new GenerationNotification("ann", "0", null));    // it is there and takes no room

        Assert.Equal(PendingNotifications.Capacity, _pending.Take(out var hasLost).Count);
        Assert.True(hasLost);
        _pending.Take(out hasLost);
        Assert.False(hasLost);
    }
}
