using System.Net.Sockets;
using StackExchange.Redis;
using VideoGen.ServiceDefaults;

namespace VideoGen.Api.Tests.EmbeddedStore;

public sealed class DamageTests
{
    [Fact]
    public async Task A_store_whose_checkpoint_can_not_be_read_is_refused_rather_than_begun_anew()
    {
        using var folder = new StoreFolder();
        await using (var store = await folder.OpenAsync())
        {
            await store.Connection.GetDatabase().StringSetAsync("key", "value");
            await SaveAsync(Path.Combine(folder.Path, "store", "store.sock"));
        }

        foreach (var description in Directory.GetFiles(folder.Path, "info.dat*", SearchOption.AllDirectories))
        {
            File.WriteAllBytes(description, [.. Enumerable.Repeat((byte)0xA5, 512)]);
        }

        var refusal = await Assert.ThrowsAsync<StartupException>(folder.OpenAsync);
        Assert.Contains("Cannot open the store", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task SaveAsync(string socket)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
        {
            EndPoints = { new UnixDomainSocketEndPoint(socket) },
            AllowAdmin = true,
        });
        await connection.GetDatabase().ExecuteAsync("SAVE");
    }
}
