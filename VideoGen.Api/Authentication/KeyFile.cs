using VideoGen.Grains.Media;

namespace VideoGen.Api.Authentication;

/// <summary>The key file. It is replaced as a whole, and only its owner may read it.</summary>
internal sealed class KeyFile(string path)
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int MaxBytes = 16 * 1024 * 1024;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Returns the configured path, or else a file in the data directory.</summary>
    public static string PathIn(IConfiguration settings) =>
        settings[$"{KeyOptions.Section}:{nameof(KeyOptions.File)}"] is { Length: > 0 } file
            ? file
            : System.IO.Path.Combine(
                settings[$"{MediaOptions.Section}:{nameof(MediaOptions.DataDirectory)}"] ?? new MediaOptions().DataDirectory,
                "keys.json");

    /// <summary>Returns the content, or null if there is no file.</summary>
    public byte[]? Read()
    {
        try
        {
            return new FileInfo(Path) is { Exists: true, Length: > MaxBytes }
                ? throw new InvalidDataException("The key file is too large.")
                : File.ReadAllBytes(Path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Changes the keys under a lock that excludes other processes.</summary>
    public void Change(Func<KeyRing, KeyRing> change)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        using var _ = Open(Path + ".lock", FileMode.OpenOrCreate);
        var ring = change(Read() is { } json ? KeyRing.Parse(json) : KeyRing.New());
        var scratch = Path + ".new";
        File.Delete(scratch);    // left by a command that was killed; an existing file would keep its mode
        using (var file = Open(scratch, FileMode.CreateNew))
        {
            file.Write(ring.ToJson());
            file.Flush(flushToDisk: true);
        }

        File.Move(scratch, Path, overwrite: true);
    }

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OnlyOwner;
        }

        return new FileStream(path, options);
    }
}
