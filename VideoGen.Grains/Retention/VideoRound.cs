using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Telemetry;

namespace VideoGen.Grains.Retention;

/// <summary>
/// One round over the videos of all owners: it expires what is too old, then what exceeds an owner's limit, then what exceeds the
/// total limit, the oldest first. Every step is durable by itself, so a round may be cut off anywhere and two may run at once.
/// </summary>
public sealed partial class VideoRound(
    IGrainFactory grains, GenerationTelemetry telemetry, IOptions<RetentionOptions> options, ILogger<VideoRound> logger)
{
    private RetentionOptions Options => options.Value;

    /// <summary>
    /// Processes all owners once. An owner whose turn fails is left to the next round; the other owners still have their turns.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, RetentionStep> accounts = [];
        var turns = new OwnerTurns(logger, cancellationToken);
        foreach (var owner in await grains.GetGrain<IOwnersGrain>(IOwnersGrain.Key).GetAsync())
        {
            await turns.RunAsync(owner, async () => accounts[owner] = await SweepOwnerAsync(owner, cancellationToken));
        }

        if (Options.MaxBytesTotal is { } limit)
        {
            await ReclaimTotalAsync(accounts, limit, turns, cancellationToken);
        }

        var (owners, bytes) = (accounts.Count, accounts.Values.Sum(account => account.Bytes));
        if (turns.HaveAllSucceeded)
        {
            telemetry.Kept(bytes);
        }

        LogRound(owners, bytes);
    }

    private async Task<RetentionStep> SweepOwnerAsync(string owner, CancellationToken cancellationToken)
    {
        var account = await SweepAsync(owner, isThorough: false, cancellationToken);
        if (Options.MaxBytesPerOwner is not { } limit || account.Bytes <= limit)
        {
            return account;
        }

        account = await SweepAsync(owner, isThorough: true, cancellationToken);
        return await KeepAsync(owner, account, limit, DateTimeOffset.MaxValue, ExpiryReason.OwnerQuota, cancellationToken);
    }

    /// <summary>
    /// Expires videos of the owner with the oldest video, until another owner has an older one. What another round has expired in
    /// the meantime was older than everything that is left: its owners come first, have nothing to expire, and report their
    /// current size.
    /// </summary>
    private async Task ReclaimTotalAsync(
        Dictionary<string, RetentionStep> accounts, long limit, OwnerTurns turns, CancellationToken cancellationToken)
    {
        if (Excess() <= 0)
        {
            return;
        }

        foreach (var owner in accounts.Keys)
        {
            await turns.RunAsync(
                owner, async () => accounts[owner] = await SweepAsync(owner, isThorough: true, cancellationToken));
        }

        for (var excess = Excess(); excess > 0; excess = Excess())
        {
            var oldest = accounts.Where(one => one.Value.OldestFilm is not null).OrderBy(one => one.Value.OldestFilm).Take(2)
                .ToList();
            if (oldest.Count == 0)
            {
                return;
            }

            var (owner, before) = oldest[0];
            var upTo = oldest.Count == 1 ? DateTimeOffset.MaxValue : oldest[1].Value.OldestFilm!.Value;
            accounts[owner] =
                await KeepAsync(owner, before, before.Bytes - excess, upTo, ExpiryReason.TotalQuota, cancellationToken);
            if (accounts[owner] == before)
            {
                return;    // the rest belongs to the next round
            }
        }

        long Excess() => accounts.Values.Sum(account => account.Bytes) - limit;
    }

    private async Task<RetentionStep> SweepAsync(string owner, bool isThorough, CancellationToken cancellationToken)
    {
        var step = new RetentionStep(0, 0, null);
        while (step.Next is { } next)
        {
            cancellationToken.ThrowIfCancellationRequested();
            step = await Retention(owner).SweepAsync(next, isThorough);
        }

        return step;
    }

    /// <summary>
    /// Steps pass the number of bytes to keep instead of the number to remove, so that two concurrent rounds do not remove it
    /// twice.
    /// </summary>
    private async Task<RetentionStep> KeepAsync(
        string owner, RetentionStep account, long bytes, DateTimeOffset upTo, ExpiryReason reason,
        CancellationToken cancellationToken)
    {
        while (account.Bytes > bytes && account.OldestFilm <= upTo)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var next = await Retention(owner).KeepAsync(bytes, upTo, reason) with { Next = null };
            if (next == account)
            {
                break;
            }

            account = next;
        }

        return account;
    }

    private IRetentionGrain Retention(string owner) => grains.GetGrain<IRetentionGrain>(owner);

    [LoggerMessage(LogLevel.Debug, "Retention: {Owners} owners have {Bytes} bytes of videos")]
    private partial void LogRound(int owners, long bytes);
}
