using VideoGen.Grains.Backends;

namespace VideoGen.Silo.Backends.Settings;

/// <summary>A kind of upstream, and how the backend of one is made.</summary>
internal sealed record BackendKind(string Name, Func<IServiceProvider, Upstream, IVideoBackend> Create);
