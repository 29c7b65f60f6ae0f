using System.Collections.Immutable;
using Orleans.Concurrency;

namespace VideoGen.Grains.Contracts;

/// <summary>
/// The list of all owners that ever had a generation accepted, so that all can be walked; the only key is <see cref="Key"/>.
/// </summary>
[GrainInterfaceType("videogen.owners")]
internal interface IOwnersGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "all";

    /// <summary>Durably adds an owner; a history calls this once in its life.</summary>
    [Alias("add")]
    Task AddAsync(string owner);

    /// <summary>All owners, in no particular order.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<ImmutableArray<string>> GetAsync();
}
