using VideoGen.FakeComfy.Nodes;

namespace VideoGen.FakeComfy;

/// <summary>What can be changed while the stand-in runs; the settings survive its restarts.</summary>
public sealed class ComfySettings
{
    private const int MostClasses = 5_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, IReadOnlyList<string>> _files = new(TemplateModels.Files);
    private readonly Dictionary<string, NodeClass> _classes = [];
    private string _version;
    private TimeSpan _renderTime;

    internal ComfySettings(FakeComfyOptions options)
    {
        _version = options.Version;
        _renderTime = options.RenderTime;
        foreach (var (folder, files) in options.ModelFiles)
        {
            SetModelFiles(folder, files);
        }

        foreach (var line in ClassicNodes.Declarations.Concat(NewerNodes.Declarations).Concat(options.NodeClasses))
        {
            AddNodeClass(line);
        }
    }

    /// <summary>The version of ComfyUI to imitate.</summary>
    public string Version
    {
        get => Read(() => _version);
        set => Write(() => _version = System.Version.Parse(value).ToString());
    }

    /// <summary>How long a run takes that starts from now on.</summary>
    public TimeSpan RenderTime
    {
        get => Read(() => _renderTime);
        set => Write(() => _renderTime = value);
    }

    /// <summary>The model files by folder.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ModelFiles =>
        Read(() => new Dictionary<string, IReadOnlyList<string>>(_files));

    /// <summary>The names of the node classes.</summary>
    public IReadOnlyList<string> NodeClasses => Read<IReadOnlyList<string>>(() => [.. _classes.Keys]);

    /// <summary>Replaces the files of a folder.</summary>
    public void SetModelFiles(string folder, IReadOnlyList<string> files) => Write(() => _files[folder] = [.. files]);

    /// <summary>Adds or replaces a class, written as in <see cref="FakeComfyOptions.NodeClasses"/>.</summary>
    public void AddNodeClass(string declaration)
    {
        var read = NodeDeclaration.Read(declaration);
        Write(() => _ = _classes.Count < MostClasses || _classes.ContainsKey(read.Name)
            ? _classes[read.Name] = read
            : throw new InvalidOperationException($"There are {MostClasses} classes at most."));
    }

    /// <summary>Removes a class, as a pack of custom nodes that is not installed.</summary>
    public void RemoveNodeClass(string name) => Write(() => _classes.Remove(name));

    internal IReadOnlyList<NodeClass> Classes => Read<IReadOnlyList<NodeClass>>(() => [.. _classes.Values]);

    internal NodeClass? FindClass(string name) => Read(() => _classes.GetValueOrDefault(name));

    internal IReadOnlyList<string> FilesOf(string folder) => Read(() => _files.GetValueOrDefault(folder) ?? []);

    internal bool IsAtLeast(int major, int minor, int build = 0)
    {
        var version = System.Version.Parse(Version);
        return (version.Major, version.Minor, Math.Max(version.Build, 0)).CompareTo((major, minor, build)) >= 0;
    }

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    private void Write(Action write)
    {
        lock (_gate)
        {
            write();
        }
    }
}
