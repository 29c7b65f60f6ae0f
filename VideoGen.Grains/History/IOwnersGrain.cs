using System.Collections.Immutable;
using Orleans.Concurrency;

namespace VideoGen.Grains.History;

/// <summary>Knows every owner that ever had a generation accepted, so that all of them can be walked; there is one, <see cref="Key"/>.</summary>
[GrainInterfaceType("videogen.owners")]
public interface IOwnersGrain : IGrainWithStringKey
{
    /// <summary>The key of the only one.</summary>
    const string Key = "all";

    /// <summary>Notes an owner durably; a history asks for it once in its life.</summary>
    [Alias("add")]
    Task AddAsync(string owner);

    /// <summary>All owners, in no order.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<ImmutableArray<string>> GetAsync();
}
