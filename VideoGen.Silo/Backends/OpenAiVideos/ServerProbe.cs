using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.Refusals;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.OpenAiVideos;

/// <summary>
/// Whether the server is there. Any answer of it counts, also a 404: it only has to be known before a request is sent whose
/// outcome would be unknown if nobody answered. The answer is shared for a few seconds.
/// </summary>
internal sealed class ServerProbe(VideoServer server, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private Task<Exchange>? _answer;
    private long _since;

    /// <summary>The answer to <c>GET /v1/models</c>.</summary>
    public Task<Exchange> AskAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_answer is null || (_answer.IsCompleted && time.GetElapsedTime(_since) >= Fresh))
            {
                // Shared by many callers, so it must not run on the scheduler of the grain that asks first.
                _answer = Task.Run(server.ListModelsAsync, CancellationToken.None);
                _since = time.GetTimestamp();
            }

            return _answer.WaitAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Why the server cannot be used; null when it is there. The three statuses are those of a proxy whose server is stopped or
    /// still loading its model.
    /// </summary>
    public static GenerationError? Absence(Exchange answer, ProviderErrors errors) => answer switch
    {
        Exchange.Silence silence => errors.Unreachable(silence.Cause),
        Exchange.Reply { Status: 502 or 503 or 504 } reply => errors.Of(reply, RefusalKind.Away, reply.Status),
        _ => null,
    };
}
