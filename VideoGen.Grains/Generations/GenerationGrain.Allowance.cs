using VideoGen.Grains.Contracts;

namespace VideoGen.Grains.Generations;

/// <summary>What an order costs its owner, where that is limited.</summary>
internal sealed partial class GenerationGrain
{
    /// <summary>The counting asks who has ended: this one must not say so while it is about to go on.</summary>
    private bool _isOrderedAgain;

    public async Task<SubmitReply?> OrderAgainAsync()
    {
        _isOrderedAgain = true;
        try
        {
            return await StartAgainAsync();
        }
        finally
        {
            _isOrderedAgain = false;
        }
    }

    public Task<bool> IsUnfinishedAsync()
    {
        Known();    // an id that nobody submitted must not hold memory
        return Task.FromResult(_isSubmitting || _isOrderedAgain || _generation.IsUnfinished);
    }

    private async Task<AllowanceReply?> TakeAllowanceAsync(string owner) => limits.Value.IsOff
        ? null
        : await GrainFactory.GetGrain<IAllowanceGrain>(owner).TakeAsync(Id, _generation.AttemptNumber + 1);

    /// <summary>A retry that finds the film, or the job that makes it, has nothing rendered anew and costs nothing.</summary>
    private async Task<AllowanceReply?> TakeAllowanceAgainAsync() => _generation.Retry(Now).NextStep is LedgerStep.Submit
        ? await TakeAllowanceAsync(_generation.Request!.Owner)
        : null;
}
