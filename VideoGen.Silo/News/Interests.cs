using System.Collections.Concurrent;
using VideoGen.Grains.Ports;

namespace VideoGen.Silo.News;

/// <summary>Who watches what, as the API processes said lately. What one did not say again is forgotten.</summary>
internal sealed class Interests(TimeProvider time)
{
    /// <summary>Three renewals: one may be late and one may be lost.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, Node> _nodes = new(StringComparer.Ordinal);

    /// <summary>Takes note of what a process watches; one that watches nothing any more is forgotten.</summary>
    public void Note(NewsInterest interest)
    {
        ForgetSilent();
        var node = interest.IsComplete ? new Node() : _nodes.GetOrAdd(interest.Node, _ => new Node());
        foreach (var id in interest.GenerationIds)
        {
            node.GenerationIds[id] = true;
        }

        foreach (var owner in interest.Owners)
        {
            node.Owners[owner] = true;
        }

        node.ExpiresAt = (time.GetUtcNow() + Lease).UtcTicks;
        if (node.IsEmpty)
        {
            _nodes.TryRemove(interest.Node, out _);
        }
        else
        {
            _nodes[interest.Node] = node;
        }
    }

    /// <summary>Whether anybody watches it.</summary>
    public bool IsWatched(string owner, string generationId) => !_nodes.IsEmpty && NodesFor(owner, generationId).Any();

    /// <summary>The processes that watch it.</summary>
    public IEnumerable<string> NodesFor(string owner, string generationId)
    {
        var now = time.GetUtcNow().UtcTicks;
        foreach (var (name, node) in _nodes)
        {
            if (node.ExpiresAt > now && (node.GenerationIds.ContainsKey(generationId) || node.Owners.ContainsKey(owner)))
            {
                yield return name;
            }
        }
    }

    private void ForgetSilent()
    {
        var now = time.GetUtcNow().UtcTicks;
        foreach (var (name, _) in _nodes.Where(node => node.Value.ExpiresAt <= now))
        {
            _nodes.TryRemove(name, out _);
        }
    }

    private sealed class Node
    {
        public ConcurrentDictionary<string, bool> GenerationIds { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, bool> Owners { get; } = new(StringComparer.Ordinal);

        /// <summary>In UTC ticks, which are read and written whole.</summary>
        public long ExpiresAt { get; set; }

        public bool IsEmpty => GenerationIds.IsEmpty && Owners.IsEmpty;
    }
}
