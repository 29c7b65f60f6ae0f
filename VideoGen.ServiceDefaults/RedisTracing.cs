using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Instrumentation.StackExchangeRedis;
using StackExchange.Redis;

namespace VideoGen.ServiceDefaults;

/// <summary>
/// Traces the commands of a keyed connection from the start of the host on, and not, as the instrumentation would by itself, from
/// the building of its services: then a store inside this process is not up yet. In the background, because connecting may take
/// its time and nobody has to wait for that.
/// </summary>
internal sealed class RedisTracing(string key, IServiceProvider services) : BackgroundService
{
    private IDisposable? _connection;

    public override void Dispose()
    {
        _connection?.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _connection = services.GetRequiredService<StackExchangeRedisInstrumentation>()
            .AddConnection(key, services.GetRequiredKeyedService<IConnectionMultiplexer>(key));
        return Task.CompletedTask;
    }
}

/// <summary>Registers the tracing of Redis.</summary>
public static class RedisTracingRegistration
{
    /// <summary>Traces the commands of the connection <paramref name="key"/> where a collector is configured.</summary>
    public static void AddRedisTracing(this IHostApplicationBuilder builder, string key)
    {
        if (builder.Configuration.HasCollector())
        {
            builder.Services.AddHostedService(services => new RedisTracing(key, services));
        }
    }
}
