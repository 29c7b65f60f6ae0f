using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Timing;

namespace VideoGen.Grains.Submits;

/// <summary>
/// Sends the paid submits of this process. A submit belongs to the process and not to an activation, because activations are lost
/// in normal operation: it is never aborted, and its outcome is recorded before any caller learns it. There are never more of
/// them than render slots.
/// </summary>
public sealed partial class SubmitSenders(
    ISubmitRecords records, IGrainFactory grains, TimeProvider time, ILogger<SubmitSenders> logger) : IDisposable
{
    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(string GenerationId, int Attempt), Sender> _senders = new();
    private readonly CancellationTokenSource _end = new();
    private volatile bool _isStopping;

    /// <summary>The name of this process, as stored with the intent to submit.</summary>
    public string Here => records.Here;

    /// <summary>Whether this process is stopping: it starts no further submits.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>How many submits have no recorded outcome yet.</summary>
    public int Count => _senders.Count;

    /// <summary>
    /// Sends a submit, once per attempt of a generation. The task completes when its outcome is recorded; a caller that stops
    /// waiting does not stop the submit.
    /// </summary>
    public Task<SubmitOutcome> Send(string generationId, int attempt, Func<Task<SubmitOutcome>> submit)
    {
        // Not on the activation's scheduler, because the activation may end first.
        var sender = _senders.GetOrAdd(
            (generationId, attempt), _ => new Sender(own => Task.Run(() => SendAsync(generationId, attempt, submit, own))));
        return sender.Outcome;
    }

    /// <summary>
    /// The submit that this process is sending; null when it is not sending one, and then there is a record if it ever did.
    /// </summary>
    public Task<SubmitOutcome>? Find(string generationId, int attempt) =>
        _senders.TryGetValue((generationId, attempt), out var sender) ? sender.Outcome : null;

    /// <summary>No caller waits for the outcome any more: the generation is woken when it is recorded.</summary>
    public void WakeWhenDone(string generationId, int attempt)
    {
        if (_senders.TryGetValue((generationId, attempt), out var sender))
        {
            sender.IsAbandoned = true;
        }
    }

    /// <summary>
    /// Starts no further submits and waits until every outcome is recorded; false when some were not recorded by the time
    /// <paramref name="cancellationToken"/> is canceled.
    /// </summary>
    public async Task<bool> StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        await Task.WhenAll(_senders.Values.Select(sender => (Task)sender.Outcome)).WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _senders.IsEmpty;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private async Task<SubmitOutcome> SendAsync(
        string generationId, int attempt, Func<Task<SubmitOutcome>> submit, Sender sender)
    {
        var outcome = _isStopping
            ? new SubmitOutcome.NotAccepted(LedgerErrors.Stopping, Transient: true)
            : await SubmitAsync(generationId, attempt, submit);
        await RecordAsync(generationId, attempt, outcome);
        _senders.TryRemove((generationId, attempt), out _);
        if (sender.IsAbandoned)
        {
            await WakeAsync(generationId);
        }

        return outcome;
    }

    private async Task<SubmitOutcome> SubmitAsync(string generationId, int attempt, Func<Task<SubmitOutcome>> submit)
    {
        try
        {
            return await submit();
        }
        catch (Exception exception)
        {
            // A bug in the backend, near an exchange that may have cost money.
            LogBroken(exception, generationId, attempt);
            return new SubmitOutcome.Unknown(LedgerErrors.BrokenSubmit);
        }
    }

    /// <summary>
    /// An outcome that is not recorded would be lost with the process, so the write is retried until it succeeds.
    /// </summary>
    private async Task RecordAsync(string generationId, int attempt, SubmitOutcome outcome)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await records.WriteAsync(generationId, attempt, outcome);
                return;
            }
            catch (Exception exception) when (!_end.IsCancellationRequested)
            {
                LogUnrecorded(exception, generationId, attempt, tries);
                await Task.Delay(Backoff.Delay(tries, FirstRetryDelay, MaxRetryDelay, null, random: 1), time, _end.Token);
            }
        }
    }

    private async Task WakeAsync(string generationId)
    {
        try
        {
            await grains.GetGrain<IGenerationGrain>(generationId).PokeAsync();
        }
        catch (Exception exception)
        {
            LogNotWoken(exception, generationId);
        }
    }

    [LoggerMessage(LogLevel.Error, "Generation {GenerationId}, attempt {Attempt}: the submit threw, so its outcome is unknown")]
    private partial void LogBroken(Exception exception, string generationId, int attempt);

    [LoggerMessage(LogLevel.Error,
        "Generation {GenerationId}, attempt {Attempt}: recording the outcome of the submit failed on attempt {Tries}; retrying")]
    private partial void LogUnrecorded(Exception exception, string generationId, int attempt, int tries);

    [LoggerMessage(LogLevel.Warning, "Generation {GenerationId} could not be woken; its reminder will wake it")]
    private partial void LogNotWoken(Exception exception, string generationId);

    private sealed class Sender
    {
        private readonly Lazy<Task<SubmitOutcome>> _outcome;

        public Sender(Func<Sender, Task<SubmitOutcome>> send) => _outcome = new(() => send(this));

        public Task<SubmitOutcome> Outcome => _outcome.Value;

        public volatile bool IsAbandoned;
    }
}
