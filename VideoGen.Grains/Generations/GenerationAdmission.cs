using Microsoft.Extensions.Logging;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Generations.Steps;
using VideoGen.Grains.History;
using VideoGen.Grains.Reminders;
using VideoGen.Grains.RenderSlots;
using VideoGen.Grains.Telemetry;

namespace VideoGen.Grains.Generations;

/// <summary>Durably accepts the request of a generation, or says why it cannot be accepted now.</summary>
internal sealed partial class GenerationAdmission(
    GenerationContext context, GenerationReminder reminder, GenerationLoop loop, Action deactivate)
{
    private readonly ILogger _log = context.Tools.Log;

    /// <summary>Whether a request is being accepted.</summary>
    public bool IsSubmitting { get; private set; }

    public async Task<SubmitReply> SubmitAsync(GenerationRequest request)
    {
        if (context.Generation.IsAccepted)
        {
            return new SubmitReply(context.View.Snapshot, null);
        }

        IsSubmitting = true;
        // A model that only another silo has is accepted and fails with a sentence: the API has seen it configured.
        var model = context.Tools.Backends.FindModel(request.Model) ?? context.Tools.Backends.Default;
        var upstream = context.Tools.Backends.Candidates(model, context.Id).FirstOrDefault();
        var slots = context.Grains.GetGrain<IBudgetGrain>(upstream ?? model.Upstream);
        try
        {
            var turn = await slots.AdmitAsync(context.Id, context.Now);
            if (turn.Standing is SlotStatus.Full)
            {
                deactivate();
                return new SubmitReply(null, turn.RetryAfter);
            }

            // A storyboard took the quota of all its shots at once.
            var quota = request.Shot is null ? await TakeQuotaAsync(context, request.Owner) : null;
            if (quota?.Refusal is { } refusal)
            {
                deactivate();
                await slots.ReleaseAsync(context.Id);
                return new SubmitReply(null, refusal.Reset, quota);
            }

            await AcceptAsync(request, model);
            context.View.Show(turn.Standing is SlotStatus.Granted ? LiveState.Queued : LiveState.Waiting(turn));
            // Another upstream may be free, and a pause may be for another model: asking again names this one.
            var isEnough = turn.Standing is SlotStatus.Granted || (turn.Pause is null && model.Upstreams.Length == 1);
            loop.Ensure(isEnough && upstream is not null ? new SlotTurn(upstream, turn) : null);
            return new SubmitReply(context.View.Snapshot, null, quota);
        }
        catch
        {
            deactivate();    // what is stored is unknown now; the next activation reads it
            await slots.ReleaseAsync(context.Id);
            throw;
        }
        finally
        {
            IsSubmitting = false;
        }
    }

    /// <summary>Takes what an attempt costs from the owner's quota, if there is one.</summary>
    public static async Task<QuotaReply?> TakeQuotaAsync(GenerationContext context, string owner) =>
        context.Tools.Limits.IsOff ? null
            : await context.Grains.GetGrain<IAllowanceGrain>(owner).TakeAsync(context.Id, context.Generation.AttemptNumber + 1);

    /// <summary>
    /// The order of the three writes makes a crash between them harmless. The reminder comes first, so that whatever follows is
    /// found again. The state comes last, so that every generation that exists is in its owner's history.
    /// </summary>
    private async Task AcceptAsync(GenerationRequest request, VideoModel model)
    {
        await reminder.RegisterAsync(request.Owner);
        var entry = await context.Grains.GetGrain<IHistoryGrain>(request.Owner).AppendAsync(context.Id);
        if (request.Character is { } character)
        {
            await context.Grains.GetGrain<IHistoryGrain>(HistoryKey.Lineage(request.Owner, character.Id)).AppendAsync(context.Id);
        }

        await context.Store.ChangeAsync(_ =>
            Generation.Accept(request, entry, request.Model ?? model.Id) with
            {
                TraceParent = GenerationTraces.Accept(context.Id),
            });
        LogAccepted(context.Id, model.Id, request.DurationSeconds, request.Side);
    }

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId} accepted for model {Model}: {DurationSeconds} s, {Side} px")]
    private partial void LogAccepted(string generationId, string model, int durationSeconds, int side);
}
