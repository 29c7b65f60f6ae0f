namespace VideoGen.LocalCluster;

/// <summary>One cluster per data directory: two Redis servers on one append-only file would destroy it.</summary>
internal sealed class Claim : IDisposable
{
    private readonly FileStream _file;

    private Claim(FileStream file) => _file = file;

    /// <summary>Null when another process has it. The operating system gives it up with the process, however that ends.</summary>
    public static Claim? TryTake(string dataDirectory)
    {
        Directory.CreateDirectory(dataDirectory);
        try
        {
            return new(new FileStream(
                Path.Combine(dataDirectory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException taken) when (taken.GetType() == typeof(IOException))    // and not one that says what else is wrong
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
