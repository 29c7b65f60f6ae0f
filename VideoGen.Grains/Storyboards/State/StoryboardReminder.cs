namespace VideoGen.Grains.Storyboards.State;

/// <summary>
/// The durable safety net of a storyboard that has work: registered before that is stored, and removed when nothing is left to
/// do.
/// </summary>
internal sealed class StoryboardReminder(IGrainBase grain)
{
    private const string Name = "storyboard";

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    public Task RegisterAsync() => grain.RegisterOrUpdateReminder(Name, Period, Period);

    public async Task UnregisterAsync()
    {
        if (await grain.GetReminder(Name) is { } reminder)
        {
            await grain.UnregisterReminder(reminder);
        }
    }
}
