using VideoGen.Grains.Backends;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.RenderSlots;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>
/// The render slot of one generation: requests it, keeps it, releases it, and reports when the upstream refuses all requests.
/// </summary>
internal sealed class RenderSlot(GenerationContext context)
{
    private SlotReply? _turn;
    private bool _isProbe;

    /// <summary>The slot's status from the reply to the submission; saves a call.</summary>
    public void Start(SlotReply? turn) => _turn = turn;

    /// <summary>Requests a slot for a model.</summary>
    public async Task<SlotReply> AskAsync(VideoModel model)
    {
        var turn = _turn ?? await Of(model.Upstream).RequestSlotAsync(Request(model.Name));
        _turn = null;
        _isProbe = turn is { Standing: SlotStatus.Granted, IsProbe: true };
        return turn;
    }

    /// <summary>A job that is running at its backend keeps its slot over crashes, whatever the limit.</summary>
    public Task KeepAsync(string backend) =>
        Of(backend).RequestSlotAsync(Request(context.Attempt.Plan.Model) with { IsRunning = true });

    public Task GiveBackAsync(string backend) => Of(backend).ReleaseAsync(context.Id);

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
        _turn = await Of(backend).PauseUpstreamAsync(pause, Request(model));
    }

    private SlotRequest Request(string? model) => new(context.Id, context.Generation.OrderedAt, model);

    private IBudgetGrain Of(string backend) => context.Grains.GetGrain<IBudgetGrain>(backend);
}
