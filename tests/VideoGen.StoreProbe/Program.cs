using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;
using VideoGen.Api.EmbeddedStore;
using VideoGen.ServiceDefaults;
using VideoGen.StoreProbe;

// A process to kill: <data directory> <writers> <bytes of a value> <keys of a writer> <log segments>.
// It says what was acknowledged.
var builder = Host.CreateApplicationBuilder();
var options = new EmbeddedStoreOptions(args[0]) { LogSegments = int.Parse(args[4]) };
builder.Services.AddEmbeddedStore(options, "store");
using var host = builder.Build();

try
{
    await host.StartAsync();
}
catch (StartupException refusal)
{
    Console.WriteLine($"stopped {refusal.Message}");
    return 1;
}

Console.WriteLine("ready");
var store = host.Services.GetRequiredKeyedService<IConnectionMultiplexer>("store").GetDatabase();
var commit = host.Services.GetRequiredService<EmbeddedStoreHost>();
var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
var writers = Enumerable.Range(0, int.Parse(args[1]))
    .Select(id => new Writer(store, commit, id, int.Parse(args[2]), int.Parse(args[3])).RunAsync(stopping));
await Task.WhenAll(writers);
await host.WaitForShutdownAsync();
return 0;
