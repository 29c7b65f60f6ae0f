namespace VideoGen.Silo.Recovery;

/// <summary>
/// When this silo has to look for generations that no activation is running: after its own start; when another silo is gone and
/// this one leads; and, while it leads, every five minutes, because another silo's sweep may hang half-way. In between, reminders
/// do the work.
/// </summary>
internal sealed class SweepSchedule(SiloAddress self)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    private HashSet<SiloAddress> _serving = [];
    private DateTimeOffset _lastSweep;
    private bool _isOwed;

    /// <summary>Whether the sweep that is due is more than routine, because something may have been lost.</summary>
    public bool IsLossPossible => _isOwed;

    /// <summary>
    /// Whether a sweep is due, given the serving silos and whether this silo leads; it stays due until <see cref="Done"/>.
    /// </summary>
    public bool IsDue(IEnumerable<SiloAddress> serving, bool isLeading, DateTimeOffset now)
    {
        var current = serving.ToHashSet();
        if (!current.Contains(self))
        {
            return false;
        }

        var hasJoined = !_serving.Contains(self);
        var isOneGone = !_serving.IsSubsetOf(current);
        _serving = current;
        _isOwed |= hasJoined || (isOneGone && isLeading);
        return _isOwed || (isLeading && now - _lastSweep >= Period);
    }

    /// <summary>A sweep has reached every unfinished generation, or left some to their reminders.</summary>
    public void Done(DateTimeOffset now) => (_isOwed, _lastSweep) = (false, now);
}
