using System.Globalization;
using VideoGen.Testing;

namespace VideoGen.AppHost.Tests;

internal static class Leftovers
{
    /// <summary>The processes with this directory in their environment, as Linux tells: all that an AppHost started.</summary>
    public static IReadOnlyList<string> Of(TemporaryDirectory data) =>
    [
        .. Directory.GetDirectories("/proc")
            .Where(process => int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out _)
                && Read(process, "environ").Contains(data.Path, StringComparison.Ordinal))
            .Select(process => Read(process, "cmdline").Replace('\0', ' ')),
    ];

    private static string Read(string process, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, file));
        }
        catch (IOException)
        {
            return "";    // it has ended meanwhile
        }
        catch (UnauthorizedAccessException)
        {
            return "";    // of another user
        }
    }
}
