using VideoGen.Grains.Storyboards.Contract;

namespace VideoGen.Grains.Storyboards.Steps;

/// <summary>The steps of a storyboard, in the order of one round of its loop.</summary>
internal sealed class StoryboardSteps(StoryboardContext context)
{
    private readonly SubmitShotsStep _submit = new(context);
    private readonly JoinStep _join = new(context);
    private readonly StoryboardEndStep _end = new(context);

    public FollowStep Follow { get; } = new(context);

    /// <summary>Goes round once; returns whether the next round follows at once.</summary>
    public async Task<bool> RunAsync(CancellationToken stop)
    {
        await _submit.RunAsync(stop);
        await Follow.RunAsync();
        await _end.RunAsync();
        if (context.Storyboard.Status is not StoryboardStatus.Joining)
        {
            return false;
        }

        await _join.RunAsync(stop);
        return true;
    }

    /// <summary>Removes a deleted storyboard.</summary>
    public Task ForgetAsync() => _end.ForgetAsync();
}
