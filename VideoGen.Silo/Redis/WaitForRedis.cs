using StackExchange.Redis;

namespace VideoGen.Silo.Redis;

/// <summary>
/// A silo may start before its Redis, where Orleans alone would give up at once. As the first stage of the silo's start, this
/// logs every few seconds what it waits for, and continues when Redis responds.
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
