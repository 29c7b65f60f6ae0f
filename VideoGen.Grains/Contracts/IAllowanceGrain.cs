using VideoGen.Grains.Calls;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Contracts;

/// <summary>
/// The quotas of one owner across the whole cluster; the key is the owner. It is called only if a quota is configured, so that
/// submissions cost nothing extra without one.
/// </summary>
[GrainInterfaceType("videogen.allowance")]
internal interface IAllowanceGrain : IGrainWithStringKey
{
    /// <summary>
    /// Counts a submission, which is attempt <paramref name="attempt"/> of the generation, unless a quota is used up. Repeating
    /// the call counts once.
    /// </summary>
    [Alias("take"), Repeatable]
    Task<QuotaReply> TakeAsync(string generationId, int attempt);
}
