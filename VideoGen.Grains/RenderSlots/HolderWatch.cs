using Microsoft.Extensions.Logging;
using VideoGen.Grains.Contracts;

namespace VideoGen.Grains.RenderSlots;

/// <summary>
/// Asks the holders of slots whether they still need them: only a holder's own stored state can answer that, and the call resumes
/// a lost holder. With sisters (<paramref name="hasSisters"/>: a model has other upstreams or fallbacks beside this one), a
/// holder may have found a slot elsewhere.
/// </summary>
internal sealed partial class HolderWatch(
    string backend, bool hasSisters, IGrainFactory grains, TimeSpan interval, TimeProvider time,
    ILogger<RenderSlotGrain> logger)
{
    /// <summary>A holder on a silo that hangs must not delay the calls to the others for longer.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, HolderCheck> _checks = [];
    private readonly long _beganAt = time.GetTimestamp();

    private TimeSpan Now => time.GetElapsedTime(_beganAt);

    /// <summary>The holders that an earlier activation knew are asked at once.</summary>
    public void TakeOver(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            _checks[id] = new HolderCheck(Now);
        }
    }

    public void Granted(string id) => _checks[id] = HolderCheck.Granted(Now);

    public void CameBack(string id) => _checks[id] = HolderCheck.CameBack(Now, interval);

    public void Left(string id) => _checks.Remove(id);

    /// <summary>Asks the holders that are due; the answer or failure of one does not affect the others.</summary>
    public Task AskAsync(Func<string, Task> release) => Task.WhenAll(
        _checks.Where(check => check.Value.NextAt <= Now).ToList().Select(check => AskAsync(check.Key, check.Value, release)));

    private async Task AskAsync(string id, HolderCheck check, Func<string, Task> release)
    {
        var next = await NextAsync(id, check);
        if (!ReferenceEquals(_checks.GetValueOrDefault(id), check))
        {
            return;    // it called back or released its slot in the meantime
        }

        if (next is null)
        {
            await release(id);
        }
        else
        {
            _checks[id] = next;
        }
    }

    /// <summary>Null when the slot is free.</summary>
    private async Task<HolderCheck?> NextAsync(string id, HolderCheck check)
    {
        var holder = grains.GetGrain<IGenerationGrain>(id);
        try
        {
            var needs = hasSisters ? holder.NeedsSlotOfAsync(backend) : holder.NeedsSlotAsync();
            if (!await needs.WaitAsync(AnswerTimeout, time))
            {
                LogReclaimed(backend, id);
                return null;
            }
        }
        catch (Exception exception)
        {
            // Its state may be damaged, its silo may hang, or the store may be unavailable: in each case only this holder is
            // affected.
            var unread = check.Unreadable(Now, interval);
            LogUnread(exception, backend, id);
            if (!unread.IsGivenUp(Now))
            {
                return unread;
            }

            LogGivenUp(backend, id);
            return null;
        }

        if (!check.HasComeBack)
        {
            await holder.PokeAsync();
        }

        return check.Needed(Now, interval);
    }

    [LoggerMessage(LogLevel.Information, "Backend {Backend}: the slot of generation {GenerationId} is free again")]
    private partial void LogReclaimed(string backend, string generationId);

    [LoggerMessage(LogLevel.Warning,
        "Backend {Backend}: generation {GenerationId} holds a slot and did not say whether it needs it")]
    private partial void LogUnread(Exception exception, string backend, string generationId);

    [LoggerMessage(LogLevel.Error, "Backend {Backend}: generation {GenerationId} cannot be read; its slot is released")]
    private partial void LogGivenUp(string backend, string generationId);
}
