using Microsoft.Extensions.Options;
using VideoGen.Grains.Submits;
using VideoGen.ServiceDefaults;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Submits;

/// <summary>
/// Lets the process end only when every paid submit has a recorded outcome: a submit that is cut off may have been charged
/// without anyone knowing.
/// </summary>
internal sealed class UnansweredSubmits(SubmitSenders senders, IOptions<HuggingFaceOptions> options, TimeProvider time)
    : IUnfinishedWork
{
    /// <summary>Time to record an outcome that arrives at the last moment.</summary>
    private static readonly TimeSpan RecordTime = TimeSpan.FromSeconds(10);

    public async Task FinishAsync()
    {
        var timeout = options.Value.SubmitTimeout + RecordTime;
        if (senders.Count > 0)
        {
            await Console.Out.WriteLineAsync(
                $"Waiting up to {timeout.TotalSeconds:0} seconds for responses to paid submits in flight: {senders.Count}. " +
                "Killing the process now may mean paying for videos that are lost.");
        }

        using var limit = new CancellationTokenSource(timeout, time);
        if (!await senders.StopAsync(limit.Token))
        {
            await Console.Error.WriteLineAsync(
                $"{senders.Count} paid submits have no recorded outcome. It will be unknown whether they were accepted.");
        }
    }
}
