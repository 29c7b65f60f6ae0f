using System.Collections.Concurrent;
using System.Reflection;
using VideoGen.Grains.Calls;

namespace VideoGen.Api.Cluster;

/// <summary>
/// Silos and activations come and go, and what was on its way to one that goes is lost or turned away. A call that may be repeated
/// is, and so is any call that was turned away, for as long as a client may be kept waiting; then the client is told to come back.
/// </summary>
internal sealed class GrainCallRetryFilter(TimeProvider time) : IOutgoingGrainCallFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.2);

    /// <summary>No new try after this long: the last one may take 2.5 seconds, and no answer more than ten.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6.5);

    private static readonly ConcurrentDictionary<MethodInfo, bool> Repeatable = [];

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var isRepeatable = Repeatable.GetOrAdd(context.InterfaceMethod, method => method.IsDefined(typeof(RepeatableAttribute)));
        for (var began = time.GetTimestamp();
            !await IsAnsweredAsync(context, isRepeatable, isLast: time.GetElapsedTime(began) >= Patience);)
        {
            await Task.Delay(Pause, time);
            Repetition.Mark();
        }
    }

    /// <summary>Whether a grain answered. What it answered stands, be it an exception.</summary>
    private static async Task<bool> IsAnsweredAsync(IOutgoingGrainCallContext context, bool isRepeatable, bool isLast)
    {
        try
        {
            await context.Invoke();
            return isLast || !MayAskAgain(context.Response?.Exception, isRepeatable);
        }
        catch (Exception exception) when (!isLast && MayAskAgain(exception, isRepeatable))
        {
            return false;
        }
    }

    /// <summary>
    /// A message that was rejected has reached no grain, so that nothing is done twice: several requests about an id that nobody
    /// knows meet an activation that is leaving. (What derives from it tells of a silo that died, perhaps with the call in hand.) A
    /// silo cancels what it could not place in time, as while it waits for one that hangs; the caller never cancels.
    /// </summary>
    private static bool MayAskAgain(Exception? exception, bool isRepeatable) =>
        exception?.GetType() == typeof(OrleansMessageRejectionException)
        || (isRepeatable && exception is OrleansMessageRejectionException or TimeoutException or OperationCanceledException);
}
