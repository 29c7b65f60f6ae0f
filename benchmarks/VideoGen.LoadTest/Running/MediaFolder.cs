using VideoGen.Testing;

namespace VideoGen.LoadTest.Running;

/// <summary>The data directory that all processes of a deployment share.</summary>
internal sealed class MediaFolder : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public string Path => _directory.Path;

    public long Megabytes => Files("*").Sum(file => file.Exists ? file.Length : 0) / 1_000_000;

    /// <summary>
    /// Files that are neither uploads nor the film or the poster of a completed generation, nor the lock that each of the
    /// <paramref name="processes"/> keeps on its scratch files. What a killed silo left behind is cleared away when the next one
    /// starts, and an original a moment after its film is done or, when a kill fell into that moment, by the reminder: so it is
    /// asked until there are none, or for a minute and a half.
    /// </summary>
    public async Task<IReadOnlyList<string>> StraysAsync(IReadOnlySet<string> completed, int processes)
    {
        for (var tries = 1; ; tries++)
        {
            var locks = Files("*.lock").Take(processes).Select(file => file.FullName).ToHashSet();
            string[] strays =
            [
                .. Files("*").Where(file => !IsKept(file) && !locks.Contains(file.FullName))
                    .Select(file => System.IO.Path.GetRelativePath(Path, file.FullName)),
            ];
            if (strays.Length == 0 || tries == 90)
            {
                return strays;
            }

            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        bool IsKept(FileInfo file) => file.Directory!.Name switch
        {
            "uploads" => true,
            "videos" => completed.Contains(file.Name[..Math.Min(Guid.Empty.ToString().Length, file.Name.Length)]),
            _ => false,
        };
    }

    public void Dispose() => _directory.Dispose();

    private IEnumerable<FileInfo> Files(string pattern) =>
        new DirectoryInfo(Path).EnumerateFiles(pattern, SearchOption.AllDirectories);
}
