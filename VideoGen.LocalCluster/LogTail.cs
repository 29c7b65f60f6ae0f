using System.Text;

namespace VideoGen.LocalCluster;

internal static class LogTail
{
    private const int Bytes = 4096;

    /// <summary>The last line of a log, which most often says why its process ended.</summary>
    public static string Read(string path)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(-Math.Min(Bytes, file.Length), SeekOrigin.End);
        using var reader = new StreamReader(file, Encoding.UTF8);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.LastOrDefault() ?? "it wrote nothing";
    }
}
