using System.Collections.Concurrent;
using System.Reflection;
using VideoGen.Grains.Calls;

namespace VideoGen.Api.Cluster;

/// <summary>
/// Retries grain calls while silos and activations come and go. A repeatable call is retried after any such failure, every other
/// call only if it was rejected. Retries end when a client has waited long enough; the client then gets a 503.
/// </summary>
internal sealed class GrainCallRetryFilter(TimeProvider time) : IOutgoingGrainCallFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.2);

    /// <summary>
    /// No attempt starts after this time. The last one can take 2.5 seconds, so that no response takes more than ten.
    /// </summary>
    private static readonly TimeSpan MaxRetryTime = TimeSpan.FromSeconds(6.5);

    private static readonly ConcurrentDictionary<MethodInfo, bool> Repeatable = [];

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var isRepeatable = Repeatable.GetOrAdd(context.InterfaceMethod, method => method.IsDefined(typeof(RepeatableAttribute)));
        for (var began = time.GetTimestamp();
            !await HasResponseAsync(context, isRepeatable, isLast: time.GetElapsedTime(began) >= MaxRetryTime);)
        {
            await Task.Delay(Pause, time);
            Repetition.Mark();
        }
    }

    /// <summary>Whether a grain responded. An exception of the grain is a response, too.</summary>
    private static async Task<bool> HasResponseAsync(IOutgoingGrainCallContext context, bool isRepeatable, bool isLast)
    {
        try
        {
            await context.Invoke();
            return isLast || !MayRetry(context.Response?.Exception, isRepeatable);
        }
        catch (Exception exception) when (!isLast && MayRetry(exception, isRepeatable))
        {
            return false;
        }
    }

    /// <summary>
    /// A rejected message has reached no grain, so nothing is done twice. This happens when several requests for an unknown id
    /// meet an activation that is deactivating. (Derived exceptions report a silo that died, perhaps while it executed the call.)
    /// A silo cancels a call that it could not place in time, for example while it waits for a silo that hangs. The caller never
    /// cancels.
    /// </summary>
    private static bool MayRetry(Exception? exception, bool isRepeatable) =>
        exception?.GetType() == typeof(OrleansMessageRejectionException)
        || (isRepeatable && exception is OrleansMessageRejectionException or TimeoutException or OperationCanceledException);
}
