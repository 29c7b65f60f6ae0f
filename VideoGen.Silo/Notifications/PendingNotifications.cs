using VideoGen.Grains.Notifications;

namespace VideoGen.Silo.Notifications;

/// <summary>
/// The latest unpublished state of each generation: changes in quick succession, and frequent progress, become one notification.
/// Notifications beyond the limit are dropped.
/// </summary>
internal sealed class PendingNotifications
{
    public const int Capacity = 20_000;

    private readonly Lock _gate = new();
    private Dictionary<string, GenerationNotification> _latest = new(StringComparer.Ordinal);
    private bool _hasLost;

    public void Add(GenerationNotification item)
    {
        lock (_gate)
        {
            if (_latest.Count < Capacity || _latest.ContainsKey(item.GenerationId))
            {
                _latest[item.GenerationId] = item;
            }
            else
            {
                _hasLost = true;
            }
        }
    }

    /// <summary>Takes all of them; <paramref name="hasLost"/> says whether some were dropped.</summary>
    public IReadOnlyCollection<GenerationNotification> Take(out bool hasLost)
    {
        lock (_gate)
        {
            var items = _latest.Values;
            (hasLost, _hasLost) = (_hasLost, false);
            _latest = new(StringComparer.Ordinal);
            return items;
        }
    }
}
