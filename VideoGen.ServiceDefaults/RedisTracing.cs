using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Instrumentation.StackExchangeRedis;
using StackExchange.Redis;

namespace VideoGen.ServiceDefaults;

/// <summary>
/// Traces the commands of a keyed connection. It starts with the host instead of while the services are built, as the
/// instrumentation would by itself: a store inside this process is not up at that time. It runs in the background, because
/// connecting may take a while and nothing has to wait for it.
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

/// <summary>Registers Redis tracing.</summary>
public static class RedisTracingRegistration
{
    /// <summary>Traces the commands of the connection <paramref name="key"/> if a collector is configured.</summary>
    public static void AddRedisTracing(this IHostApplicationBuilder builder, string key)
    {
        if (builder.Configuration.HasCollector())
        {
            builder.Services.AddHostedService(services => new RedisTracing(key, services));
        }
    }
}
