using Microsoft.Extensions.Logging;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.RenderSlots;

/// <summary>
/// Asks the holders of slots whether they still need them: only a holder's own durable state can say so, and asking brings a
/// lost one back to life.
/// </summary>
internal sealed partial class HolderWatch(
    string backend, IGrainFactory grains, TimeSpan interval, TimeProvider time, ILogger<RenderSlotGrain> logger)
{
    /// <summary>A holder on a silo that hangs must not hold up the questions to the others for longer.</summary>
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, HolderCheck> _checks = [];
    private readonly long _beganAt = time.GetTimestamp();

    private TimeSpan Now => time.GetElapsedTime(_beganAt);

    /// <summary>Those that an earlier activation knew are asked at once.</summary>
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

    /// <summary>Asks those whose time has come; what one of them answers, or does not, is nothing to the others.</summary>
    public Task AskAsync(Func<string, Task> release) => Task.WhenAll(
        _checks.Where(check => check.Value.NextAt <= Now).ToList().Select(check => AskAsync(check.Key, check.Value, release)));

    private async Task AskAsync(string id, HolderCheck check, Func<string, Task> release)
    {
        var next = await NextAsync(id, check);
        if (!ReferenceEquals(_checks.GetValueOrDefault(id), check))
        {
            return;    // it came back or gave its slot back meanwhile
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
            if (!await holder.NeedsSlotAsync().WaitAsync(AnswerPatience, time))
            {
                LogReclaimed(backend, id);
                return null;
            }
        }
        catch (Exception exception)
        {
            // Its state may be damaged, its silo may hang, the store may be away: whatever it is, it is this holder's alone.
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

    [LoggerMessage(LogLevel.Information, "Backend {Backend}: slot of generation {GenerationId} is free again")]
    private partial void LogReclaimed(string backend, string generationId);

    [LoggerMessage(LogLevel.Warning, "Backend {Backend}: generation {GenerationId} holds a slot and could not be asked about it")]
    private partial void LogUnread(Exception exception, string backend, string generationId);

    [LoggerMessage(LogLevel.Error, "Backend {Backend}: generation {GenerationId} cannot be read; its slot is given to others")]
    private partial void LogGivenUp(string backend, string generationId);
}
