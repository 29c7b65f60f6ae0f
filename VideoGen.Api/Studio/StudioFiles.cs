using System.Collections.Frozen;
using System.Reflection;

namespace VideoGen.Api.Studio;

/// <summary>
/// The files of the studio by name. They are embedded in the assembly, so that a page never meets scripts of another version, and
/// works whatever the working directory is.
/// </summary>
internal sealed class StudioFiles
{
    private const string Prefix = "studio/";

    private readonly FrozenDictionary<string, StudioFile> _files = Read(typeof(StudioFiles).Assembly);

    public StudioFile? Find(string name) => _files.GetValueOrDefault(name);

    private static FrozenDictionary<string, StudioFile> Read(Assembly assembly) => assembly.GetManifestResourceNames()
        .Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(resource => resource[Prefix.Length..], resource => Read(assembly, resource), StringComparer.Ordinal);

    private static StudioFile Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return new StudioFile(resource, buffer.ToArray());
    }
}
