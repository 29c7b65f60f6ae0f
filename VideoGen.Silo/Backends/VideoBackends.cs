using Microsoft.Extensions.Options;
using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Backends;

/// <summary>
/// The registered backends by name. The queue of a paid provider is found even when new attempts use another backend or its token
/// is gone: its accepted jobs are paid for and must be followed, or be reported as waiting for the token. An endpoint without an
/// address is not found.
/// </summary>
internal sealed class VideoBackends(IEnumerable<IVideoBackend> backends, BackendChoice choice, IOptions<BackendOptions> options)
    : IVideoBackends
{
    private readonly Dictionary<string, IVideoBackend> _backends = backends
        .Where(backend => backend.Name != BackendNames.Endpoint || choice.HasEndpoint)
        .ToDictionary(backend => backend.Name, StringComparer.Ordinal);

    public IVideoBackend Current => _backends[choice.Pick(options.Value)];

    public IVideoBackend? Find(string name) => _backends.GetValueOrDefault(name);
}
