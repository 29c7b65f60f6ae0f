using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using VideoGen.Silo.Hosting;
using VideoGen.Silo.Recovery;

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

    [Fact]
    public void Reminders_are_read_in_parts() =>
        Assert.IsType<RemindersInParts>(_silo.Services.GetRequiredService<IReminderTable>());

    /// <summary>Longer than the minute between the reminders of one that waits, which would else be loaded for each of them.</summary>
    [Fact]
    public void A_grain_that_nobody_calls_leaves_the_memory_in_minutes() => Assert.InRange(
        _silo.Services.GetRequiredService<IOptions<GrainCollectionOptions>>().Value.CollectionAge,
        TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5));

    public async ValueTask DisposeAsync() => await _silo.DisposeAsync();
}
