namespace VideoGen.Testing;

/// <summary>An empty directory that is gone with everything in it after the test.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    /// <summary>The full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("videogen-").FullName;

    /// <summary>Every file below it, relative, in order.</summary>
    public IEnumerable<string> Files => Directory.GetFiles(Path, "*", SearchOption.AllDirectories)
        .Select(file => System.IO.Path.GetRelativePath(Path, file)).Order();

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
