using VideoGen.Grains.Backends;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.RenderSlots;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>
/// The render slot of one generation: requests it, keeps it, releases it, and reports when the upstream refuses all requests. A
/// model with several upstreams waits in the queue of each, in the order of acceptance, and takes the first slot that is free: so
/// a request goes where its wait is shortest, and nothing waits at a server that is down.
/// </summary>
internal sealed class RenderSlot(GenerationContext context)
{
    private SlotTurn? _turn;
    private bool _isProbe;

    /// <summary>The slot's status from the reply to the submission; saves a call.</summary>
    public void Start(SlotTurn? turn) => _turn = turn;

    /// <summary>Requests a slot for a model.</summary>
    public async Task<SlotTurn> AskAsync(VideoModel model)
    {
        var turn = _turn ?? await AskAllAsync(model);
        _turn = null;
        _isProbe = turn.Reply is { Standing: SlotStatus.Granted, IsProbe: true };
        return turn;
    }

    /// <summary>A job that is running at its backend keeps its slot over crashes, whatever the limit.</summary>
    public Task KeepAsync(string backend) =>
        Of(backend).RequestSlotAsync(Request(context.Attempt.Plan.Model) with { IsRunning = true });

    public Task GiveBackAsync(string backend) => Of(backend).ReleaseAsync(context.Id);

    /// <summary>Leaves the queues of a model, except for one of its upstreams.</summary>
    public async Task GiveBackAsync(VideoModel model, params IEnumerable<string> except)
    {
        foreach (var upstream in model.Upstreams.Except(except))
        {
            await GiveBackAsync(upstream);
        }
    }

    /// <summary>Whether a slot of this upstream is of use to the generation, which may have found another one.</summary>
    public bool IsFor(string upstream) => context.Generation.NextStep is LedgerStep.Submit
        ? context.Tools.Backends.Next(context.Generation)?.Upstreams.Contains(upstream) is not false
        : context.Generation.Attempt?.Backend == upstream;

    /// <summary>The upstream answered about this request, so the cause of the pause has passed.</summary>
    public Task ResumeAsync(string backend)
    {
        var isProbe = _isProbe;
        _isProbe = false;
        return isProbe ? Of(backend).ResumeAsync(context.Id) : Task.CompletedTask;
    }

    /// <summary>
    /// The upstream refused more than this request: its queue pauses, and the generation returns to its position in it.
    /// </summary>
    public async Task PauseAsync(
        string backend, GenerationError error, VerdictScope scope, string? model, TimeSpan? retryAfter = null)
    {
        var pause = new UpstreamPause(error.Code, error.Message, scope is VerdictScope.Model ? model : null, retryAfter);
        _isProbe = false;
        var reply = await Of(backend).PauseUpstreamAsync(pause, Request(model));
        var hasOthers = context.Tools.Backends.Next(context.Generation) is { Upstreams.Length: > 1 };
        _turn = hasOthers ? null : new SlotTurn(backend, reply);
    }

    private async Task<SlotTurn> AskAllAsync(VideoModel model)
    {
        SlotTurn? best = null;
        foreach (var upstream in context.Tools.Backends.Candidates(model, context.Id))
        {
            var turn = new SlotTurn(upstream, await Of(upstream).RequestSlotAsync(Request(model.Name)));
            if (turn.Reply.Standing is SlotStatus.Granted)
            {
                await GiveBackAsync(model, except: upstream);
                return turn;
            }

            best = best is null || turn.IsSoonerThan(best) ? turn : best;
        }

        return best ?? SlotTurn.Drained(model);
    }

    private SlotRequest Request(string? model) => new(context.Id, context.Generation.OrderedAt, model);

    private IBudgetGrain Of(string backend) => context.Grains.GetGrain<IBudgetGrain>(backend);
}
