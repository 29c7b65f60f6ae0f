using Microsoft.Extensions.Logging;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Generations.Steps;
using VideoGen.Grains.Reminders;
using VideoGen.Grains.Telemetry;

namespace VideoGen.Grains.Generations;

/// <summary>What users and retention can do with an existing generation: cancel, retry, delete, expire.</summary>
internal sealed partial class GenerationCommands(
    GenerationContext context, GenerationReminder reminder, GenerationLoop loop, Action deactivate)
{
    /// <summary>How long a request waits for the loop to end; the reminder does what is left after that.</summary>
    private static readonly TimeSpan LoopTimeout = TimeSpan.FromSeconds(10);

    private readonly LostJob _lostJob = new(context);
    private readonly ILogger _log = context.Tools.Log;

    /// <summary>
    /// Set while a retry is in progress: the owner's quota asks which generations have ended, and this one is about to continue.
    /// </summary>
    public bool IsRetrying { get; private set; }

    private Generation Generation => context.Generation;

    private string Owner => Generation.Request!.Owner;

    public async Task CancelAsync()
    {
        if (await ChangeAsync(generation => generation.Cancel(context.Now)))
        {
            LogCancelRequested(context.Id, Generation.NextStep);
            loop.Ensure();
            context.Wake.Set();
            await loop.CutShortAsync();    // never interrupts a submit that was sent
        }
    }

    public async Task<SubmitReply> RetryAsync()
    {
        IsRetrying = true;
        try
        {
            await SettleAsync();
            return Generation is { Status: GenerationStatus.Failed or GenerationStatus.Canceled, IsDeleted: false }
                ? await StartAgainAsync()
                : new SubmitReply(context.View.Snapshot, null);
        }
        finally
        {
            IsRetrying = false;
        }
    }

    public async Task<DeleteOutcome> DeleteAsync()
    {
        await SettleAsync();
        if (Generation.IsUnfinished)
        {
            return DeleteOutcome.StillRunning;
        }

        await FinishLoopAsync();
        await reminder.RegisterAsync(Owner);
        await ChangeAsync(generation => generation.Delete(context.Now));
        if (!Generation.IsDeleted)
        {
            return DeleteOutcome.StillRunning;    // its outcome became known in the meantime, so it continues
        }

        loop.Ensure();
        await loop.Completion.WaitAsync(LoopTimeout, context.Tools.Time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return DeleteOutcome.Deleted;
    }

    public async Task<DeleteOutcome> DiscardAsync()
    {
        await SettleAsync();
        if (!await ChangeAsync(generation => generation.Discard(context.Now)))
        {
            return await DeleteAsync();
        }

        LogDiscarded(context.Id, Generation.NextStep);
        loop.Ensure();
        context.Wake.Set();
        await loop.CutShortAsync();    // never interrupts a submit that was sent
        return DeleteOutcome.Deleted;
    }

    public async Task<bool> ExpireAsync(ExpiryReason reason)
    {
        await SettleAsync();
        if (Generation is not { IsFinished: true, IsExpired: false, IsDeleted: false })
        {
            return false;
        }

        await FinishLoopAsync();
        await reminder.RegisterAsync(Owner);
        if (await ChangeAsync(generation => generation.Expire(reason, context.Now)))
        {
            LogExpired(context.Id, reason);
        }

        loop.Ensure();
        await loop.Completion.WaitAsync(LoopTimeout, context.Tools.Time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return Generation.IsExpired;
    }

    private async Task<SubmitReply> StartAgainAsync()
    {
        var found = await _lostJob.FindAsync();
        var quota = await TakeQuotaAsync(found);
        if (quota?.Refusal is { } refusal)
        {
            return new SubmitReply(null, refusal.Reset, quota);
        }

        await FinishLoopAsync();
        await reminder.RegisterAsync(Owner);
        await ChangeAsync(generation => generation.IsUnfinished ? generation : generation.Retry(context.Now, found));
        LogRetried(context.Id, Generation.AttemptNumber, Generation.NextStep);
        GenerationTraces.LinkRetry(Generation.TraceParent);
        loop.Ensure();
        return new SubmitReply(context.View.Snapshot, null, quota);
    }

    /// <summary>
    /// A retry that continues with an existing video or job renders nothing new and costs nothing; one that only looks for the
    /// job again may have to render.
    /// </summary>
    private async Task<QuotaReply?> TakeQuotaAsync(RenderJob? found) =>
        Generation.Retry(context.Now, found) is { NextStep: LedgerStep.Submit } or { Attempt.IsRecheck: true }
            ? await GenerationAdmission.TakeQuotaAsync(context, Owner)
            : null;

    /// <summary>The loop removes the reminder as its last act, so a new reminder must not be registered earlier.</summary>
    private Task FinishLoopAsync() => loop.Completion.WaitAsync(LoopTimeout, context.Tools.Time);

    private Task<bool> ChangeAsync(Func<Generation, Generation> decide) =>
        OrDeactivateAsync(() => context.Store.ChangeAsync(decide));

    private Task<bool> SettleAsync() => OrDeactivateAsync(async () =>
    {
        await context.Store.SettleAsync();
        return true;
    });

    /// <summary>
    /// After a failed write it is unknown what is stored: the activation ends, and the next one reads the state first.
    /// </summary>
    private async Task<bool> OrDeactivateAsync(Func<Task<bool>> act)
    {
        try
        {
            return await act();
        }
        catch
        {
            deactivate();
            throw;
        }
    }

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId}: cancellation requested; next step is {Step}")]
    private partial void LogCancelRequested(string generationId, LedgerStep step);

    [LoggerMessage(LogLevel.Information,
        "Generation {GenerationId}: deletion requested before its end; next step is {Step}")]
    private partial void LogDiscarded(string generationId, LedgerStep step);

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId} retried after attempt {Attempt}, from {Step}")]
    private partial void LogRetried(string generationId, int attempt, LedgerStep step);

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId} expired: {Reason}")]
    private partial void LogExpired(string generationId, ExpiryReason reason);
}
