using Microsoft.Extensions.Options;
using VideoGen.Grains.Webhooks;
using VideoGen.Silo.Webhooks;

namespace VideoGen.Silo.Tests.Webhooks;

public sealed class HostLimitersTests : IDisposable
{
    private readonly HostLimiters _gates =
        new(Options.Create(new WebhookOptions { MaxConcurrentPerHost = 2, MaxConcurrent = 3 }));

    public void Dispose() => _gates.Dispose();

    [Fact]
    public async Task A_host_that_takes_all_its_places_holds_up_itself_and_no_other()
    {
        using var first = await _gates.EnterAsync("dead.example", default);
        using var second = await _gates.EnterAsync("dead.example", default);

        var third = _gates.EnterAsync("DEAD.example", default);
        using var other = await _gates.EnterAsync("live.example", default);

        Assert.False(third.IsCompleted);
        first.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task All_hosts_together_are_bounded_too()
    {
        using var first = await _gates.EnterAsync("a.example", default);
        using var second = await _gates.EnterAsync("b.example", default);
        using var third = await _gates.EnterAsync("c.example", default);

        var fourth = _gates.EnterAsync("d.example", default);

        Assert.False(fourth.IsCompleted);
        second.Dispose();
        (await fourth).Dispose();
    }

    [Fact]
    public async Task A_host_is_forgotten_when_nobody_calls_it_or_waits_for_it()
    {
        using var stop = new CancellationTokenSource();
        var places = await Task.WhenAll(_gates.EnterAsync("a.example", default), _gates.EnterAsync("a.example", default));
        var waiting = _gates.EnterAsync("a.example", stop.Token);
        Assert.Equal(1, _gates.Count);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Array.ForEach(places, place => place.Dispose());

        Assert.Equal(0, _gates.Count);
    }
}
