using Microsoft.Extensions.Logging;

namespace VideoGen.Grains.Retention;

/// <summary>
/// Gives every owner a turn, even if earlier turns failed. When several fail in a row, the owners are not the cause, and the
/// round ends.
/// </summary>
internal sealed partial class OwnerTurns(ILogger logger, CancellationToken cancellationToken)
{
    private const int MostInARow = 5;

    private int _failedInARow;

    public bool HaveAllSucceeded { get; private set; } = true;

    /// <summary>Whether this turn succeeded.</summary>
    public async Task<bool> RunAsync(string owner, Func<Task> turn)
    {
        try
        {
            await turn();
            _failedInARow = 0;
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && ++_failedInARow < MostInARow)
        {
            HaveAllSucceeded = false;
            LogLeft(exception, owner);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Retention: the turn of owner {Owner} failed; the next round repeats it")]
    private partial void LogLeft(Exception exception, string owner);
}
