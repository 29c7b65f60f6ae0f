using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Backends;

/// <summary>The configured models, and one backend for each upstream.</summary>
internal sealed class VideoBackends : IVideoBackends, IDisposable
{
    private readonly Dictionary<string, IVideoBackend> _backends;

    public VideoBackends(ModelTable table, IEnumerable<BackendKind> kinds, IServiceProvider services)
    {
        (Models, Default) = (table.Models, table.Default);
        var makers = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);
        _backends = table.Upstreams.ToDictionary(
            upstream => upstream.Name, upstream => makers[upstream.Kind].Create(services, upstream), StringComparer.Ordinal);
    }

    public IReadOnlyList<VideoModel> Models { get; }

    public VideoModel Default { get; }

    public IVideoBackend? Find(string name) => _backends.GetValueOrDefault(name);

    public void Dispose()
    {
        foreach (var backend in _backends.Values.OfType<IDisposable>())
        {
            backend.Dispose();
        }
    }
}
