using Microsoft.Extensions.Time.Testing;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Media;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Retention;

public sealed class UploadRoundTests(RetentionCluster cluster) : IClassFixture<RetentionCluster>
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow.AddDays(8));
    private readonly string _owner = Orders.NewId();

    private IUploadsGrain List => cluster.Grains.GetGrain<IUploadsGrain>(IUploadsGrain.Key);

    [Fact]
    public async Task An_upload_that_nothing_needs_is_collected_a_round_after_it_was_condemned_and_no_other()
    {
        var needed = await UploadAsync();
        var expired = await UploadAsync();
        var nobodys = await UploadAsync();
        await cluster.SeedAsync(_owner, film => film, 30, needed);
        await cluster.SeedAsync(_owner, film => film.Expire(ExpiryReason.Age, film.UpdatedAt).Cleared(), 30, expired);

        await RunAsync();
        Assert.True(await IsThereAsync(nobodys));
        await RunAsync();

        Assert.Equal((true, false, false),
            (await IsThereAsync(needed), await IsThereAsync(expired), await IsThereAsync(nobodys)));
        Assert.True(await List.HoldAsync(nobodys));    // the list has forgotten it too
    }

    [Fact]
    public async Task A_condemned_upload_that_is_held_for_an_order_stays()
    {
        var held = await UploadAsync();
        await RunAsync();

        Assert.True(await List.HoldAsync(held));
        await RunAsync();    // condemns it again, because the order is not there yet
        await cluster.SeedAsync(_owner, film => film, 0, held);
        await RunAsync();
        await RunAsync();

        Assert.True(await IsThereAsync(held));
    }

    [Fact]
    public async Task What_was_condemned_a_moment_ago_is_not_collected_yet()
    {
        var name = await UploadAsync();
        await List.CondemnAsync([name]);
        cluster.Settings.UploadGrace = TimeSpan.FromDays(7);

        await cluster.RunUploadsAsync(new FakeTimeProvider(DateTimeOffset.UtcNow.AddMinutes(30)));

        Assert.True(await IsThereAsync(name));
    }

    [Fact]
    public async Task A_file_that_a_round_has_doomed_and_not_deleted_goes_in_the_next_and_nobody_can_hold_it()
    {
        var name = await UploadAsync();
        await List.CondemnAsync([name]);
        await List.DoomAsync([name]);

        Assert.False(await List.HoldAsync(name));
        await RunAsync();

        Assert.False(await IsThereAsync(name));
    }

    [Fact]
    public async Task An_upload_younger_than_the_grace_is_never_condemned()
    {
        var young = await UploadAsync();

        await cluster.RunUploadsAsync(new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(6)));

        Assert.DoesNotContain(young, (await List.GetAsync()).Since.Keys);
    }

    [Fact]
    public async Task A_generation_that_can_not_be_read_keeps_all_uploads_of_its_owner_and_no_others()
    {
        var (own, others) = (await UploadAsync(), await UploadAsync(Orders.NewId()));
        var id = await cluster.SeedAsync(_owner, film => film, 30);
        cluster.Storage.Damage(cluster.Generation(id).GetGrainId(), "generation");

        await RunAsync();
        await RunAsync();

        Assert.Equal((true, false), (await IsThereAsync(own), await IsThereAsync(others)));
        cluster.Storage.Drop(cluster.Generation(id).GetGrainId(), "generation");
    }

    [Fact]
    public async Task A_clock_that_was_put_back_by_a_year_stops_no_round()
    {
        await RunAsync();    // remembers that it ran now
        var nobodys = await UploadAsync();
        await List.CondemnAsync([nobodys]);
        var later = new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(-365));

        await cluster.RunUploadsAsync(later);

        Assert.DoesNotContain(nobodys, (await List.GetAsync()).Since.Keys);    // by this clock it is too young
    }

    /// <summary>Each round a day after the last.</summary>
    private async Task RunAsync()
    {
        await cluster.RunUploadsAsync(_time);
        _time.Advance(TimeSpan.FromDays(1));
    }

    private async Task<string> UploadAsync(string? owner = null)
    {
        var name = MediaName.NewCharacter(owner ?? _owner);
        await cluster.Media.SaveAsync(MediaKind.Upload, name, (to, token) =>
            to.WriteAsync("picture"u8.ToArray(), token).AsTask(), default);
        return name;
    }

    private Task<bool> IsThereAsync(string name) => cluster.Media.ExistsAsync(MediaKind.Upload, name, default);
}
