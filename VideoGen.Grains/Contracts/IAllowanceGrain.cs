using System.Collections.Immutable;
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

    /// <summary>
    /// Counts the first attempts of the generations of a storyboard, all or none. They are one submission where submissions per
    /// minute are limited. Repeating the call soon after counts once. A generation that does not exist yet is unfinished as long
    /// as the storyboard is going to have it made.
    /// </summary>
    [Alias("take-all"), Repeatable]
    Task<QuotaReply> TakeAllAsync(string storyboardId, ImmutableArray<string> generationIds);
}
