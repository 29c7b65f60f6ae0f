namespace VideoGen.FakeVideos.Faults;

/// <summary>Everything that can be made to go wrong, in the order in which a video meets it.</summary>
public enum FaultKind
{
    /// <summary>The connection of a create is cut and there is no job; without <c>prompt</c>, before its body is read.</summary>
    DropCreateBefore,

    /// <summary>The server dies when a create arrives, is away for <c>seconds</c> (0), and there is no job.</summary>
    RestartBeforeCreate,

    /// <summary>The job is taken, then the connection is cut without an answer.</summary>
    DropCreateAfter,

    /// <summary>The job is taken, then the server dies without an answer, and is away for <c>seconds</c> (0).</summary>
    RestartAfterCreate,

    /// <summary>The job is taken, but the answer is a page of HTML with <c>code</c> (502).</summary>
    BadGatewayAfterCreate,

    /// <summary>The job is taken, and the answer comes after <c>seconds</c> (5).</summary>
    SlowCreate,

    /// <summary>The job is taken, but the answer has no id.</summary>
    NoId,

    /// <summary>The answer comes when the video is there, and has its address in <c>data</c>, as with NVIDIA Dynamo.</summary>
    CompletedAtOnce,

    /// <summary>The connection of any request but a create is cut, and nothing was done.</summary>
    DropRequestBefore,

    /// <summary>Any request but a create is carried out, then the connection is cut without an answer.</summary>
    DropRequestAfter,

    /// <summary>A page of HTML with <c>code</c> (502), as from a proxy, and nothing was done.</summary>
    BadGateway,

    /// <summary>401, as with a wrong key, and nothing was done.</summary>
    Unauthorized,

    /// <summary>404 for a job that exists, as behind a balancer.</summary>
    NotFound,

    /// <summary>The status is <c>status</c> (<c>WARMING_UP</c>), whatever the job does.</summary>
    ForeignStatus,

    /// <summary>A delete of an unfinished job is answered 409, and nothing was done.</summary>
    DeleteConflict,

    /// <summary>The content of a completed job is 404, as when its file has expired.</summary>
    ContentNotFound,

    /// <summary>The connection is cut in the middle of the content.</summary>
    ContentCut,

    /// <summary>The job fails at the end of its run, with <c>code</c> (500) and <c>message</c>.</summary>
    FailJob,

    /// <summary>The run takes <c>seconds</c> instead. No fault, but scripted the same way.</summary>
    RenderTime,

    /// <summary>The video is in cloud storage: the job has its <c>url</c>, and its content is a 400 that names it.</summary>
    CloudStorage,

    /// <summary>The server dies in the middle of the run, and is away for <c>seconds</c> (0).</summary>
    RestartWhileRunning,

    /// <summary>The server dies when the run has finished, and is away for <c>seconds</c> (0).</summary>
    RestartAfterFinish,
}
