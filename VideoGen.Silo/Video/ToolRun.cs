namespace VideoGen.Silo.Video;

/// <summary>How a tool run ended: its exit, the end of its error output, and the frames it reported.</summary>
internal sealed record ToolRun(ToolEnd End, string Complaint = "", int Frames = 0);

/// <summary>The ways in which a tool process can end.</summary>
internal enum ToolEnd
{
    /// <summary>Exit code 0.</summary>
    Succeeded,

    /// <summary>Another exit code: the tool cannot process the input.</summary>
    Failed,

    /// <summary>Killed from outside, by a stop of the server or for lack of memory.</summary>
    Killed,

    /// <summary>Ended by a signal that it caused itself, such as a segmentation fault.</summary>
    Crashed,

    /// <summary>Reached the time limit and was killed.</summary>
    TimedOut,

    /// <summary>Could not be started.</summary>
    NotStarted,
}
