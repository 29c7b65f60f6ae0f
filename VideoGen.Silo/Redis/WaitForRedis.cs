using StackExchange.Redis;

namespace VideoGen.Silo.Redis;

/// <summary>
/// A silo may be started before its Redis, and by itself Orleans gives up at once: the first stage of its start says what it
/// waits for, every few seconds, and goes on when it is there.
/// </summary>
internal sealed partial class WaitForRedis(IServiceProvider services, TimeProvider time, ILogger<WaitForRedis> logger)
    : ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(WaitForRedis), ServiceLifecycleStage.First, WaitAsync);

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        var redis = services.GetRequiredKeyedService<IConnectionMultiplexer>(RedisConnection.Key);
        var (began, said) = (time.GetTimestamp(), TimeSpan.Zero);
        while (!await redis.AnswersAsync(cancellationToken))
        {
            var waited = time.GetElapsedTime(began);
            if (said == TimeSpan.Zero || waited - said >= Silence)
            {
                LogWaiting(redis.Address());
                said = waited;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Waiting for Redis at {Address}")]
    private partial void LogWaiting(string address);
}
