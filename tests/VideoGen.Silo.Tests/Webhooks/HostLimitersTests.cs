using Microsoft.Extensions.Options;
using VideoGen.Grains.Webhooks;
using VideoGen.Silo.Webhooks;

namespace VideoGen.Silo.Tests.Webhooks;

public sealed class HostLimitersTests : IDisposable
{
    private readonly HostLimiters _limiters =
        new(Options.Create(new WebhookOptions { MaxConcurrentPerHost = 2, MaxConcurrent = 3 }));

    public void Dispose() => _limiters.Dispose();

    [Fact]
    public async Task A_host_that_takes_all_its_permits_holds_up_itself_and_no_other()
    {
        using var first = await _limiters.EnterAsync("dead.example", default);
        using var second = await _limiters.EnterAsync("dead.example", default);

        var third = _limiters.EnterAsync("DEAD.example", default);
        using var other = await _limiters.EnterAsync("live.example", default);

        Assert.False(third.IsCompleted);
        first.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task All_hosts_together_are_bounded_too()
    {
        using var first = await _limiters.EnterAsync("a.example", default);
        using var second = await _limiters.EnterAsync("b.example", default);
        using var third = await _limiters.EnterAsync("c.example", default);

        var fourth = _limiters.EnterAsync("d.example", default);

        Assert.False(fourth.IsCompleted);
        second.Dispose();
        (await fourth).Dispose();
    }

    [Fact]
    public async Task A_wait_that_is_given_up_costs_no_permit()
    {
        using var stop = new CancellationTokenSource();
        using var first = await _limiters.EnterAsync("a.example", default);
        var second = await _limiters.EnterAsync("a.example", default);
        var waiting = _limiters.EnterAsync("a.example", stop.Token);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        second.Dispose();

        (await _limiters.EnterAsync("a.example", default)).Dispose();
        (await _limiters.EnterAsync("b.example", default)).Dispose();
    }
}
