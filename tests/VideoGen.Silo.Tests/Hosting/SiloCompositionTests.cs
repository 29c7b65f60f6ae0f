using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using VideoGen.Silo.Hosting;
using VideoGen.Silo.Reminders;

namespace VideoGen.Silo.Tests.Hosting;

public sealed class SiloCompositionTests : IAsyncDisposable
{
    private readonly WebApplication _silo;

    public SiloCompositionTests()
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddVideoGenSilo();
        _silo = builder.Build();
    }

    /// <summary>Whatever names the store, as Aspire does: the rows of all silos are in one table.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("ServiceKey", "redis")]
    [InlineData("ConnectionName", "redis")]
    [InlineData("ConnectionString", "127.0.0.1:6379")]
    public async Task Reminders_are_in_the_sharded_table(string setting, string value)
    {
        var builder = WebApplication.CreateBuilder();
        if (setting.Length > 0)
        {
            builder.Configuration.AddInMemoryCollection(
                [new("Orleans:Reminders:ProviderType", "Redis"), new($"Orleans:Reminders:{setting}", value)]);
        }

        builder.AddVideoGenSilo();
        await using var silo = builder.Build();

        Assert.IsType<ShardedReminderTable>(Assert.Single(silo.Services.GetServices<IReminderTable>()));
    }

    /// <summary>
    /// Longer than the minute between the reminders of one that waits, which would else be loaded for each of them.
    /// </summary>
    [Fact]
    public void A_grain_that_nobody_calls_leaves_the_memory_in_minutes() => Assert.InRange(
        _silo.Services.GetRequiredService<IOptions<GrainCollectionOptions>>().Value.CollectionAge,
        TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5));

    public async ValueTask DisposeAsync() => await _silo.DisposeAsync();
}
