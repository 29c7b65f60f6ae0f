namespace VideoGen.LocalCluster.Tests;

internal static class Processes
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Whether there is such a process; one that has ended and waits to be reaped is none.</summary>
    public static bool Run(int id)
    {
        try
        {
            var fields = File.ReadAllText($"/proc/{id}/stat");    // 42 (some name) S 1 ...
            return fields[fields.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return false;
        }
    }

    /// <summary>Polls: what is waited for happens in other processes.</summary>
    public static async Task UntilAsync(Func<bool> isSo, Func<string> complaint)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            Assert.False(limit.IsCancellationRequested, complaint());
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }
    }
}
