using System.Collections.Immutable;

namespace VideoGen.Grains.RenderSlots;

/// <summary>
/// How busy an upstream is in the whole cluster: the slots that are held, how many there are, and how many generations wait for
/// one. A generation whose model has several upstreams waits at each of them.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.upstream-usage")]
public sealed record UpstreamUsage(
    string Upstream, int Renders, int Limit, int Waiting, ImmutableArray<PausedUpstream> Pauses);
