using Orleans.Concurrency;

namespace VideoGen.Grains.Generations.Contract;

/// <summary>
/// What a generation calls that was made for a shot (<see cref="ShotOrigin"/>); the key is the id of the storyboard.
/// </summary>
[GrainInterfaceType("videogen.shot-owner")]
internal interface IShotOwnerGrain : IGrainWithStringKey
{
    /// <summary>
    /// A generation of this storyboard has ended, perhaps once more after a retry. A hint that may be lost: the storyboard reads
    /// the generations of its shots in work.
    /// </summary>
    [Alias("shot-ended"), AlwaysInterleave, OneWay]
    Task ShotEndedAsync(string generationId);

    /// <summary>Whether it is going to have this generation made, although there may be none yet.</summary>
    [Alias("is-in-work"), AlwaysInterleave]
    Task<bool> IsInWorkAsync(string generationId);
}
