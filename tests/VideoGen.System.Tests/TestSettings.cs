using System.Globalization;

namespace VideoGen.SystemTests;

/// <summary>The settings that turn the short runs of every day into long ones.</summary>
internal static class TestSettings
{
    /// <summary>How many times something is killed in a long run; null in a short one.</summary>
    public static int? LongRounds =>
        Environment.GetEnvironmentVariable("VIDEOGEN_CHAOS_ROUNDS") is { } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : null;

    /// <summary>The seed of a run that is to be repeated; null for a new one.</summary>
    public static int? Seed =>
        Environment.GetEnvironmentVariable("VIDEOGEN_CHAOS_SEED") is { } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : null;

    /// <summary>How long a silo is held still at least.</summary>
    public static TimeSpan Freeze => TimeSpan.FromSeconds(Number("VIDEOGEN_CHAOS_FREEZE_SECONDS", 12));

    /// <summary>The <c>appendfsync</c> of Redis, <c>always</c> or <c>everysec</c>.</summary>
    public static string AppendFsync => Environment.GetEnvironmentVariable("VIDEOGEN_CHAOS_APPENDFSYNC") ?? "always";

    private static int Number(string name, int usual) =>
        Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
