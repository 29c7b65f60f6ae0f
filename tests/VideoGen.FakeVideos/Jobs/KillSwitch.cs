using System.Threading.Channels;

namespace VideoGen.FakeVideos.Jobs;

/// <summary>
/// Ends one life of the server. From then on every request is cut off, and no job goes on; the owner of the server starts it
/// again after the time that was asked for.
/// </summary>
internal sealed class KillSwitch(JobStore jobs) : IDisposable
{
    private readonly Channel<TimeSpan> _restart = Channel.CreateBounded<TimeSpan>(1);
    private readonly CancellationTokenSource _dead = new();

    /// <summary>Canceled at the death.</summary>
    public CancellationToken Dead => _dead.Token;

    /// <summary>The request to start again, if there is one.</summary>
    public ChannelReader<TimeSpan> Restarts => _restart.Reader;

    /// <summary>Dies.</summary>
    public void Kill()
    {
        jobs.Close();
        _dead.Cancel();
    }

    /// <summary>Dies, and asks to be started again.</summary>
    public void Restart(TimeSpan away)
    {
        Kill();
        _restart.Writer.TryWrite(away);
    }

    /// <summary>No request comes any more. The token stays, since requests that were cut may still look at it.</summary>
    public void Dispose() => _restart.Writer.TryComplete();
}
