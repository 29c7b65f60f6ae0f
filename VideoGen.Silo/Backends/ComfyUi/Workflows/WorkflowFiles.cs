using System.Collections.Concurrent;

namespace VideoGen.Silo.Backends.ComfyUi.Workflows;

/// <summary>The workflows of the settings: files of the operator, and those that are shipped.</summary>
internal static class WorkflowFiles
{
    private const string Resource = "workflows/";

    private static readonly ConcurrentDictionary<string, Lazy<Workflow>> Known = new(StringComparer.Ordinal);

    /// <summary>The names of the shipped workflows.</summary>
    public static IReadOnlyList<string> Shipped { get; } =
    [
        .. typeof(WorkflowFiles).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Resource, StringComparison.Ordinal))
            .Select(name => Path.GetFileNameWithoutExtension(name[Resource.Length..])).Order(StringComparer.Ordinal),
    ];

    /// <summary>A file is read once: a change takes effect at the next start, as with every setting.</summary>
    /// <exception cref="InvalidDataException">It cannot be read or used; the message says why.</exception>
    public static Workflow Load(string setting) =>
        Known.GetOrAdd(setting, name => new Lazy<Workflow>(() => Workflow.Parse(Read(name)))).Value;

    private static string Read(string setting)
    {
        using var shipped = typeof(WorkflowFiles).Assembly.GetManifestResourceStream($"{Resource}{setting}.json");
        if (shipped is not null)
        {
            using var reader = new StreamReader(shipped);
            return reader.ReadToEnd();
        }

        try
        {
            return File.ReadAllText(setting);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException(
                $"{exception.Message} The shipped workflows are {string.Join(", ", Shipped)}.", exception);
        }
    }
}
