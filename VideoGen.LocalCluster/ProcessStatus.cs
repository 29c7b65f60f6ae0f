using System.Globalization;

namespace VideoGen.LocalCluster;

internal enum ProcessState
{
    NotStarted,
    Starting,
    Ready,

    /// <summary>It was ready, and is not any more.</summary>
    NotReady,

    /// <summary>It has ended by itself and is started again after a pause.</summary>
    Down,
    Stopping,
    Stopped,
}

/// <summary>How one process stands. <paramref name="Remark"/> is why it is down.</summary>
internal sealed record ProcessStatus(ProcessPlan Plan, ProcessState State, int? Id, int Restarts, string? Remark)
{
    public string IdText => Id?.ToString(CultureInfo.InvariantCulture) ?? "-";

    public string StateText => State switch
    {
        ProcessState.NotStarted => "not started",
        ProcessState.NotReady => "not ready",
        var state => state.ToString().ToLowerInvariant(),
    };
}
