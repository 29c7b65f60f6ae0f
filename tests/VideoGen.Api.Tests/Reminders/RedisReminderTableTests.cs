using StackExchange.Redis;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Reminders;

[Trait("Starts", "processes")]
public sealed class RedisReminderTableTests : ReminderTableContract
{
    private readonly RedisServer _redis = new();
    private ConnectionMultiplexer? _connection;

    protected override async Task<IConnectionMultiplexer> ConnectAsync()
    {
        await _redis.StartAsync();
        return _connection = await ConnectionMultiplexer.ConnectAsync(_redis.ConnectionString);
    }

    public override async ValueTask DisposeAsync()
    {
        await (_connection?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _redis.DisposeAsync();
    }
}
