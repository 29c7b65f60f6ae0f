using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Notifications;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>The public view of a generation: the stored state with the live progress, published when it changes.</summary>
internal sealed class LiveView(string id, IGenerationNotifications notifications)
{
    private Generation _generation = new();

    public LiveState Live { get; private set; } = LiveState.Queued;

    /// <summary>Null while it is not accepted, and when it is deleted or will be.</summary>
    public GenerationSnapshot? Snapshot { get; private set; }

    /// <summary>A new version is stored.</summary>
    public void Publish(Generation generation)
    {
        _generation = generation;
        Show(LiveState.Of(generation));
    }

    /// <summary>The same version with another log.</summary>
    public void Follow(Generation generation) => _generation = generation;

    public void Show(LiveState live)
    {
        var before = Snapshot;
        Live = live;
        Snapshot = _generation is { IsAccepted: true, IsDeleted: false, IsDiscarded: false }
            ? live.Snapshot(id, _generation)
            : null;
        if (Snapshot is { } now && now != before)
        {
            notifications.Publish(now);
        }
        else if (Snapshot is null && before is not null)
        {
            notifications.Deleted(before.Request.Owner, id);
        }
    }
}
