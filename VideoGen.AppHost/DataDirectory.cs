namespace VideoGen.AppHost;

/// <summary>Allows one cluster per data directory: two Redis servers on one append-only file would destroy it.</summary>
internal static class DataDirectory
{
    /// <summary>
    /// Locks the directory until the result is disposed or the process ends in any way; throws when another cluster holds it.
    /// </summary>
    public static IDisposable Claim(string path)
    {
        Directory.CreateDirectory(path);
        try
        {
            return new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken) when (taken.GetType() == typeof(IOException))    // derived exceptions report other failures
        {
            throw new LaunchException($"Another cluster is using {path}. Stop it, or set VideoGen__DataDirectory.", taken);
        }
    }
}
