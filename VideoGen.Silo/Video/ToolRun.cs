namespace VideoGen.Silo.Video;

/// <summary>
/// How one run of a tool ended: the end of what it complained about, within bounds, and the frames it counted.
/// </summary>
internal sealed record ToolRun(ToolEnd End, string Complaint = "", int Frames = 0);

/// <summary>The ways in which a tool process can end.</summary>
internal enum ToolEnd
{
    /// <summary>Exit code 0.</summary>
    Succeeded,

    /// <summary>Another exit code: the tool cannot do it.</summary>
    Failed,

    /// <summary>It was ended from outside, by a stop of the server or for want of memory.</summary>
    Killed,

    /// <summary>It ended by a signal of its own making, such as a segmentation fault.</summary>
    Crashed,

    /// <summary>It ran into the time limit and was killed.</summary>
    TimedOut,

    /// <summary>It could not be started.</summary>
    NotStarted,
}
