using Microsoft.Extensions.Logging;
using Orleans.Storage;
using VideoGen.Grains.Storyboards.State;
using VideoGen.Grains.Storyboards.Steps;

namespace VideoGen.Grains.Storyboards;

/// <summary>
/// The detached loop of one storyboard: submit what can start, follow what is in work, join what is finished, and repeat. It
/// never runs inside a request, so that reads and requests are answered while shots render.
/// </summary>
internal sealed partial class StoryboardLoop(StoryboardContext context, Action deactivate) : IDisposable
{
    /// <summary>How often shots in work are read; the end of one is announced at once.</summary>
    private static readonly TimeSpan ReadInterval = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _stop = new();
    private readonly StoryboardSteps _steps = new(context);
    private readonly ILogger _log = context.Tools.Log;

    private Task _completion = Task.CompletedTask;
    private CancellationTokenSource? _step;

    private bool _isLooping;

    private Storyboard Storyboard => context.Storyboard;

    private bool HasWork => Storyboard.HasWork || _steps.Follow.HasNews;

    /// <summary>Starts the loop if there is work, or wakes it when it waits.</summary>
    public void Ensure()
    {
        context.Wake.Set();
        if (HasWork && !_isLooping && !_stop.IsCancellationRequested)
        {
            _isLooping = true;
            _completion = RunAsync();
        }
    }

    /// <summary>The same for a new activation.</summary>
    public void Begin()
    {
        _steps.Follow.ReadAll();
        Ensure();
    }

    /// <summary>The same for a tick of the reminder, which is removed when there is nothing to do.</summary>
    public async Task RemindAsync()
    {
        Ensure();
        if (!_isLooping)
        {
            await RestAsync();
        }
    }

    /// <summary>A generation of a shot has ended.</summary>
    public void Ended(string generationId)
    {
        if (Storyboard.IndexOf(generationId) >= 0)
        {
            _steps.Follow.Ended(generationId);
            Ensure();
        }
    }

    /// <summary>Waits until a storyboard of this id that was deleted is gone.</summary>
    public Task WhenForgottenAsync() =>
        Storyboard.IsDeleted ? _completion.WaitAsync(StopTimeout, context.Tools.Time) : Task.CompletedTask;

    /// <summary>Interrupts a join, because something else is to be done first.</summary>
    public Task CutShortAsync() => _step?.CancelAsync() ?? Task.CompletedTask;

    /// <summary>Ends the loop and waits for the current step.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _completion.WaitAsync(StopTimeout, context.Tools.Time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose()
    {
        if (_completion.IsCompleted)
        {
            _stop.Dispose();    // a loop that outlives the stop still reads the token
            context.Dispose();
        }
    }

    private async Task RunAsync()
    {
        await Task.CompletedTask.ConfigureAwait(
            ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.ForceYielding);
        while (await AdvanceAsync())
        {
        }
    }

    /// <summary>Goes round once; returns false when the loop is over.</summary>
    private async Task<bool> AdvanceAsync()
    {
        using var step = _step = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        try
        {
            _stop.Token.ThrowIfCancellationRequested();
            return await GoRoundAsync(step.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return false;
        }
        catch (OperationCanceledException) when (step.IsCancellationRequested)
        {
            return true;
        }
        catch (InconsistentStateException)
        {
            LogSuperseded(context.Id);
            deactivate();
            return false;
        }
        catch (Exception exception) when (context.Store.IsBroken || _stop.IsCancellationRequested)
        {
            LogStopped(exception, context.Id);    // the next activation reads what is stored
            return false;
        }
        catch (Exception exception)
        {
            LogTrouble(exception, context.Id);
            return await RestAfterAsync(RetryDelay);
        }
        finally
        {
            _step = null;
        }
    }

    private async Task<bool> GoRoundAsync(CancellationToken stop)
    {
        if (Storyboard.IsDeleted)
        {
            await _steps.ForgetAsync();
            deactivate();
            return false;
        }

        if (await _steps.RunAsync(stop))
        {
            return true;
        }

        return HasWork ? await RestAfterAsync(ReadInterval) : !await RestAsync();
    }

    /// <summary>Waits for the delay or for news; false when the activation ends.</summary>
    private async Task<bool> RestAfterAsync(TimeSpan delay)
    {
        try
        {
            await context.Wake.WaitAsync(delay, _stop.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>
    /// Ends the loop, unless something was added in the meantime. From the moment at which the store says so until the flag is
    /// cleared, nothing else runs.
    /// </summary>
    private async Task<bool> RestAsync()
    {
        if (await context.Store.RestAsync(() => HasWork) && !HasWork)
        {
            _isLooping = false;
        }

        return !_isLooping;
    }

    [LoggerMessage(LogLevel.Information, "Storyboard {StoryboardId} is now owned by another activation")]
    private partial void LogSuperseded(string storyboardId);

    [LoggerMessage(LogLevel.Information, "Storyboard {StoryboardId}: activation ended; the next one continues")]
    private partial void LogStopped(Exception exception, string storyboardId);

    [LoggerMessage(LogLevel.Warning, "Storyboard {StoryboardId}: a step failed; retrying")]
    private partial void LogTrouble(Exception exception, string storyboardId);
}
