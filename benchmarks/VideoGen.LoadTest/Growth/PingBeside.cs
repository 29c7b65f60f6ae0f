using System.Diagnostics;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Growth;

/// <summary>Asks a Redis for nothing, a thousand times a second, for as long as something else is asked of it.</summary>
internal sealed class PingBeside : IDisposable
{
    private readonly List<double> _milliseconds = new(1_000_000);
    private readonly PlainRedis _redis;
    private readonly Thread _thread;
    private volatile bool _isOver;

    public PingBeside(RedisServer redis)
    {
        _redis = new PlainRedis(redis);
        _thread = new Thread(Ping) { Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>The longest that an answer took, in milliseconds.</summary>
    public double End()
    {
        _isOver = true;
        _thread.Join();
        return _milliseconds.Max();
    }

    public void Dispose()
    {
        End();
        _redis.Dispose();
    }

    private void Ping()
    {
        do
        {
            var began = Stopwatch.GetTimestamp();
            _redis.Ask("PING");
            _milliseconds.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            Thread.Sleep(1);
        }
        while (!_isOver);
    }
}
