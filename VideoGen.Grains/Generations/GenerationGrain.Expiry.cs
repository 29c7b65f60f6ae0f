using Microsoft.Extensions.Logging;
using VideoGen.Grains.Contracts;

namespace VideoGen.Grains.Generations;

/// <summary>What retention asks of a generation.</summary>
internal sealed partial class GenerationGrain
{
    public Task<KeptMedia?> GetKeptAsync()
    {
        if (_loop.IsCompleted && !_isSubmitting)
        {
            DeactivateOnIdle();    // a walk over all of a history must not bring all of it into memory
        }

        var generation = _generation;
        return Task.FromResult(generation is { IsAccepted: true, IsDeleted: false }
            ? new KeptMedia(
                generation.IsFinished, generation.UpdatedAt, generation.HeldUpload,
                generation.KeptBytes(Options.KeepOriginal), generation.Expiry?.At)
            : null);
    }

    public async Task<bool> ExpireAsync(ExpiryReason reason)
    {
        if (_generation is not { IsFinished: true, IsExpired: false, IsDeleted: false })
        {
            return false;
        }

        // As a delete: the reminder first, and not before the loop has taken the last one away.
        await _loop.WaitAsync(LoopPatience, time);
        _reminder = await RegisterReminderAsync(_generation.Request!.Owner);
        if (await ChangeAsync(generation => generation.Expire(reason, Now)))
        {
            LogExpired(Id, reason);
        }

        EnsureLoop();
        await _loop.WaitAsync(LoopPatience, time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return _generation.IsExpired;
    }

    /// <summary>Deletes the media of an expired generation; each step may be repeated, and the reminder goes last.</summary>
    private async Task ClearAsync()
    {
        try
        {
            var owner = _generation.Request!.Owner;
            foreach (var (kind, name) in GenerationFiles.Of(Id, owner, _generation.AttemptNumber))
            {
                await media.DeleteAsync(kind, name, CancellationToken.None);
            }

            await ChangeAsync(generation => generation.Cleared());
            await AnnounceAsync();
            await UnregisterReminderAsync(ReminderPrefix + owner);
        }
        catch (Exception exception)
        {
            LogLeftToReminder(exception, Id);
            DeactivateOnIdle();    // the next activation reads what is left
        }
    }

    [LoggerMessage(LogLevel.Information, "Generation {GenerationId} is expired: {Reason}")]
    private partial void LogExpired(string generationId, ExpiryReason reason);
}
