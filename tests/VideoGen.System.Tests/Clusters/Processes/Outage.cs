namespace VideoGen.SystemTests.Clusters.Processes;

/// <summary>The times in which a process is away on purpose, so that who meets it can tell that from a defect.</summary>
internal sealed class Outage
{
    private volatile int _turns;

    public bool IsNow => _turns % 2 != 0;

    public void Begin() => Interlocked.Increment(ref _turns);

    public void End() => Interlocked.Increment(ref _turns);

    /// <summary>A moment, to be asked about later.</summary>
    public int Now() => _turns;

    /// <summary>Whether it was away at any time since that moment.</summary>
    public bool Touches(int moment) => moment % 2 != 0 || moment != _turns;
}
