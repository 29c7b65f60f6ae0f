using VideoGen.Grains.Storyboards.State;
using VideoGen.Grains.Timing;

namespace VideoGen.Grains.Storyboards.Steps;

/// <summary>What the parts of one storyboard share: its state, its view, and the signal that wakes its loop.</summary>
internal sealed class StoryboardContext : IDisposable
{
    public StoryboardContext(
        string id, IPersistentState<Storyboard> state, StoryboardReminder reminder, IGrainFactory grains, StoryboardTools tools,
        Action deactivate)
    {
        (Id, Grains, Tools) = (id, grains, tools);
        View = new StoryboardView(id, tools.Time);
        Wake = new WakeSignal(tools.Time);
        Store = new StoryboardStore(state, reminder, () => View.Publish(Store!.Current), deactivate);
        View.Publish(Store.Current);
    }

    public string Id { get; }

    public IGrainFactory Grains { get; }

    public StoryboardTools Tools { get; }

    public StoryboardStore Store { get; }

    public StoryboardView View { get; }

    public WakeSignal Wake { get; }

    public Storyboard Storyboard => Store.Current;

    public DateTimeOffset Now => Tools.Time.GetUtcNow();

    public void Dispose() => Store.Dispose();
}
