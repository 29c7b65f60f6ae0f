using System.Globalization;

namespace VideoGen.SystemTests.Clusters;

/// <summary>What turns the short runs of every day into long ones.</summary>
internal static class TestSettings
{
    /// <summary>How many times something is killed.</summary>
    public static int Rounds => Number("VIDEOGEN_CHAOS_ROUNDS", 4);

    /// <summary>How long a silo is held still at least.</summary>
    public static TimeSpan Freeze => TimeSpan.FromSeconds(Number("VIDEOGEN_CHAOS_FREEZE_SECONDS", 12));

    /// <summary>The <c>appendfsync</c> of Redis, <c>always</c> or <c>everysec</c>.</summary>
    public static string AppendFsync => Environment.GetEnvironmentVariable("VIDEOGEN_CHAOS_APPENDFSYNC") ?? "always";

    private static int Number(string name, int usual) =>
        Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
