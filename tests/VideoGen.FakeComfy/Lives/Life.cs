using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using VideoGen.FakeComfy.Books;
using VideoGen.FakeComfy.Prompts;
using VideoGen.FakeComfy.Sockets;

namespace VideoGen.FakeComfy.Lives;

/// <summary>What one process of ComfyUI has in memory. <paramref name="restart"/> is told when it dies by a fault.</summary>
internal sealed class Life(ComfyState state, Action<Life, TimeSpan> restart) : IDisposable
{
    private readonly CancellationTokenSource _death = new();
    private readonly ConcurrentDictionary<ConnectionContext, byte> _connections = [];
    private long _number = -1;

    public ComfyState State => state;

    public PromptQueue Queue { get; } = new(state.Books);

    public SocketHub Sockets { get; } = new();

    /// <summary>Cancelled when the process is killed.</summary>
    public CancellationToken Token => _death.Token;

    public bool IsDead => _death.IsCancellationRequested;

    /// <summary>The number of the next prompt.</summary>
    public long NextNumber() => Interlocked.Increment(ref _number);

    /// <summary>Dies at once; the server starts again after a while.</summary>
    public void Restart(TimeSpan away)
    {
        if (Die())
        {
            restart(this, away);
        }
    }

    /// <summary>Forgets everything and accepts nothing more; false when that has happened already.</summary>
    public bool Die()
    {
        if (!Queue.Die())
        {
            return false;
        }

        state.Books.Add(new(0, default, BookEvent.Restarted));
        _death.Cancel();
        return true;
    }

    /// <summary>Cuts all connections.</summary>
    public void CutOff()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.Abort();
        }
    }

    public async Task ConnectAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        _connections.TryAdd(connection, 0);
        try
        {
            if (IsDead)
            {
                connection.Abort();
                return;
            }

            await next(connection);
        }
        finally
        {
            _connections.TryRemove(connection, out _);
        }
    }

    public void Dispose()
    {
        Queue.Dispose();
        _death.Dispose();
    }
}
