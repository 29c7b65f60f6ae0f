namespace VideoGen.LocalCluster;

/// <summary>One cluster per data directory: two Redis servers on one append-only file would destroy it.</summary>
internal sealed class Claim : IDisposable
{
    private readonly FileStream _file;

    private Claim(FileStream file) => _file = file;

    /// <summary>The operating system gives it up with the process, however that ends.</summary>
    public static Claim On(string dataDirectory)
    {
        Directory.CreateDirectory(dataDirectory);
        try
        {
            return new(new FileStream(
                Path.Combine(dataDirectory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException taken)
        {
            throw new IOException($"Another cluster runs in {dataDirectory}. Stop it, or set VideoGen__DataDirectory.", taken);
        }
    }

    public void Dispose() => _file.Dispose();
}
