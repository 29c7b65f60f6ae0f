namespace VideoGen.FakeComfy.Faults;

/// <summary>Everything that can be made to go wrong, in the order in which an order meets it.</summary>
public enum FaultKind
{
    /// <summary>The connection is cut and the request has no effect. Submits only where <c>path</c> names them.</summary>
    DropRequest,

    /// <summary>The request has its effect, then the connection is cut. Submits only where <c>path</c> names them.</summary>
    DropAnswer,

    /// <summary>A proxy answers 502 with a page of HTML, and the request has no effect.</summary>
    BadGateway,

    /// <summary>A proxy answers 401.</summary>
    Unauthorized,

    /// <summary>A proxy answers 403.</summary>
    Forbidden,

    /// <summary>A submit is cut off and not accepted.</summary>
    DropBeforeAccept,

    /// <summary>The server restarts instead of accepting a submit; it is away for <c>seconds</c> (0).</summary>
    RestartBeforeAccept,

    /// <summary>The validation takes <c>seconds</c> (5); the submit is then accepted even if the client has left.</summary>
    SlowValidation,

    /// <summary>The submit is accepted without its video output: 200 with <c>node_errors</c>.</summary>
    NodeErrors,

    /// <summary>The submit is accepted, then the connection is cut.</summary>
    AcceptThenDrop,

    /// <summary>The submit is accepted, but a proxy answers 502.</summary>
    AcceptThenBadGateway,

    /// <summary>The submit is accepted, then the server restarts without an answer; it is away for <c>seconds</c> (0).</summary>
    RestartAfterAccept,

    /// <summary>The run ends with <c>execution_error</c> halfway.</summary>
    FailRun,

    /// <summary>The run is interrupted halfway, by nobody in particular.</summary>
    InterruptRun,

    /// <summary>The run succeeds at once and reports the files of the run before it, if there was one.</summary>
    CachedWithFiles,

    /// <summary>The run succeeds at once and reports no outputs.</summary>
    CachedWithoutOutputs,

    /// <summary>The server restarts halfway through the run; it is away for <c>seconds</c> (0).</summary>
    RestartWhileRunning,

    /// <summary>The server restarts when the run is in the history; it is away for <c>seconds</c> (0).</summary>
    RestartAfterFinish,

    /// <summary>A run takes <c>seconds</c>. No fault, but scripted the same way.</summary>
    RenderTime,

    /// <summary>A file that exists is answered with 404.</summary>
    ViewNotFound,

    /// <summary>The connection is cut in the middle of a file.</summary>
    CutView,
}
