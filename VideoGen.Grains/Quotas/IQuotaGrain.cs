using VideoGen.Grains.Calls;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Quotas;

/// <summary>
/// What one owner may spend across the whole cluster; the key is the owner. Only asked where a limit is set, so that without one an
/// order costs nothing more.
/// </summary>
[GrainInterfaceType("videogen.allowance")]
public interface IQuotaGrain : IGrainWithStringKey
{
    /// <summary>
    /// Counts an order, which is attempt <paramref name="attempt"/> of the generation, unless a limit is reached. Repeating the call
    /// counts once.
    /// </summary>
    [Alias("take"), Repeatable]
    Task<QuotaReply> TakeAsync(string generationId, int attempt);
}
