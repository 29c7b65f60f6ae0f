using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(VideoGen.SystemTests.OneClusterFirst))]

namespace VideoGen.SystemTests;

/// <summary>Tests that start a whole cluster: one of them at a time, beside others.</summary>
[CollectionDefinition(nameof(OneCluster))]
public sealed class OneCluster;

/// <summary>
/// Begins with the clusters: all of them together take longer than any other tests that run one after the other.
/// </summary>
public sealed class OneClusterFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(collection => collection.TestCollectionDisplayName == nameof(OneCluster))
            .ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];
}
