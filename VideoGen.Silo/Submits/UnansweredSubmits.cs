using Microsoft.Extensions.Options;
using VideoGen.Grains.Submits;
using VideoGen.ServiceDefaults;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Submits;

/// <summary>
/// Lets the process end only when every paid submit has an outcome on record: one that is cut off could have been paid for, and
/// nobody would know.
/// </summary>
internal sealed class UnansweredSubmits(SubmitSenders senders, IOptions<HuggingFaceOptions> options, TimeProvider time)
    : IUnfinishedWork
{
    /// <summary>For the record of an outcome that comes at the last moment.</summary>
    private static readonly TimeSpan RecordTime = TimeSpan.FromSeconds(10);

    public async Task FinishAsync()
    {
        var timeout = options.Value.SubmitTimeout + RecordTime;
        if (senders.Count > 0)
        {
            await Console.Out.WriteLineAsync(
                $"Waiting up to {timeout.TotalSeconds:0} seconds for the provider's answers to paid submits in flight: {senders.Count}. " +
                "If the process is killed now, they may be charged without a video.");
        }

        using var limit = new CancellationTokenSource(timeout, time);
        if (!await senders.StopAsync(limit.Token))
        {
            await Console.Error.WriteLineAsync(
                $"{senders.Count} paid orders have no recorded outcome; it will not be known whether they were accepted.");
        }
    }
}
