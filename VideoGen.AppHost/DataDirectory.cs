namespace VideoGen.AppHost;

/// <summary>One cluster per data directory: two Redis servers on one append-only file would destroy it.</summary>
internal static class DataDirectory
{
    /// <summary>
    /// Holds the directory until it is disposed or the process ends, however it ends; throws when another cluster has it.
    /// </summary>
    public static IDisposable Claim(string path)
    {
        Directory.CreateDirectory(path);
        try
        {
            return new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken) when (taken.GetType() == typeof(IOException))    // what derives from it says what else is wrong
        {
            throw new LaunchException($"Another cluster runs in {path}. Stop it, or set VideoGen__DataDirectory.", taken);
        }
    }
}
