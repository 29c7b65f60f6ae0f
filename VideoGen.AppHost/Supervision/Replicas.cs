using System.Collections.Concurrent;

namespace VideoGen.AppHost.Supervision;

/// <summary>The ids of the replicas seen so far; Aspire does not list them.</summary>
internal sealed class Replicas
{
    private readonly ConcurrentDictionary<string, string> _resources = new();

    public void Add(string id, IResource resource) => _resources.TryAdd(id, resource.Name);

    public IEnumerable<string> Of(string resource) =>
        _resources.Where(replica => replica.Value == resource).Select(replica => replica.Key);
}
