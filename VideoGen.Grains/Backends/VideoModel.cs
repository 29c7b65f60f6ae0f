using System.Collections.Immutable;

namespace VideoGen.Grains.Backends;

/// <summary>
/// A model that requests can name by its id. <paramref name="Upstream"/> is the name of the first backend that renders it, and
/// <paramref name="Name"/> what it is called there, null where the upstream has only one. <paramref name="Fallback"/> are the ids
/// of models that are tried in this order when the upstream certainly does not take a request, for a reason that is not the
/// request's own.
/// </summary>
public sealed record VideoModel(string Id, string Upstream, string? Name, string Title, ImmutableArray<string> Fallback)
{
    /// <summary>The names of all backends that render it; a request goes to the first one that has a free slot.</summary>
    public ImmutableArray<string> Upstreams { get; init; } = [Upstream];

    /// <summary>A model without another name, title or fallback.</summary>
    public VideoModel(string id, string upstream) : this(id, upstream, null, id, [])
    {
    }
}
