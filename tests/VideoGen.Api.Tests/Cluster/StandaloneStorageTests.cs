using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using VideoGen.Api.Cluster;
using VideoGen.Api.EmbeddedStore;
using VideoGen.Grains.Idempotency;
using VideoGen.Grains.Storage;
using VideoGen.Silo.Storage;

namespace VideoGen.Api.Tests.Cluster;

public sealed class StandaloneStorageTests
{
    /// <summary>
    /// The embedded store answers before its file is written: what does not wait by itself could lose what was answered.
    /// </summary>
    [Theory]
    [InlineData("Default")]
    [InlineData(KeyStorage.Name)]
    public async Task All_grain_storage_of_a_standalone_server_waits_for_the_file(string name)
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddCluster();
        await using var app = builder.Build();

        Assert.IsType<CommittedGrainStorage>(app.Services.GetRequiredKeyedService<IGrainStorage>(name));
        Assert.IsType<EmbeddedStoreHost>(app.Services.GetRequiredService<IStoreCommit>());
    }
}
