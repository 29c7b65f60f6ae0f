using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Storyboards.Steps;

/// <summary>
/// Decides whether the video of a finished shot is gone when the media store does not find it. The shot was paid for, so one
/// answer is not enough: its generation knows whether the video was removed; otherwise the store is asked several times.
/// </summary>
internal sealed class MissingVideo(StoryboardContext context)
{
    private const int MaxMisses = 6;

    private readonly Dictionary<string, int> _misses = [];

    /// <summary>Called each time that the store does not find the video of this generation.</summary>
    public async Task<bool> IsGoneAsync(string generationId)
    {
        var generation = await context.Grains.GetGrain<IGenerationGrain>(generationId).GetAsync();
        var misses = _misses[generationId] = _misses.GetValueOrDefault(generationId) + 1;
        if (generation is { Status: GenerationStatus.Completed } && misses < MaxMisses)
        {
            return false;
        }

        _misses.Remove(generationId);
        return true;
    }
}
