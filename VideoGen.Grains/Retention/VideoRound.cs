using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.History;
using VideoGen.Grains.Telemetry;

namespace VideoGen.Grains.Retention;

/// <summary>
/// One round over the films of all owners: what is too old goes, then what is too much of one owner, then what is too much in
/// all, the oldest first. Every step is durable by itself, so a round may break off anywhere and may run twice at once.
/// </summary>
public sealed partial class VideoRound(
    IGrainFactory grains, GenerationTelemetry telemetry, IOptions<RetentionOptions> options, ILogger<VideoRound> logger)
{
    private RetentionOptions Options => options.Value;

    /// <summary>
    /// Goes once over everything. An owner whose turn fails is left to the next round; those behind have theirs.
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
    /// The owner with the oldest film gives, until somebody else has an older one. What another round has taken meanwhile was
    /// older than all that is left: its owners come first, have nothing to give up to then, and tell what they have now.
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
            var oldest = accounts.Where(one => one.Value.OldestFilm is not null).OrderBy(one => one.Value.OldestFilm).Take(2).ToList();
            if (oldest.Count == 0)
            {
                return;
            }

            var (owner, before) = oldest[0];
            var upTo = oldest.Count == 1 ? DateTimeOffset.MaxValue : oldest[1].Value.OldestFilm!.Value;
            accounts[owner] = await KeepAsync(owner, before, before.Bytes - excess, upTo, ExpiryReason.TotalQuota, cancellationToken);
            if (accounts[owner] == before)
            {
                return;    // what is left belongs to the next round
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

    /// <summary>Steps name what is to be left and not what is to go, so that two rounds at once do not take it twice.</summary>
    private async Task<RetentionStep> KeepAsync(
        string owner, RetentionStep account, long bytes, DateTimeOffset upTo, ExpiryReason reason, CancellationToken cancellationToken)
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

    [LoggerMessage(LogLevel.Debug, "Retention: {Owners} owners have {Bytes} bytes of films")]
    private partial void LogRound(int owners, long bytes);
}
