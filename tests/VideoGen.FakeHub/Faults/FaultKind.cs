namespace VideoGen.FakeHub.Faults;

/// <summary>Everything that can be made to go wrong, in the order in which a job meets it.</summary>
public enum FaultKind
{
    /// <summary>The Hub says that nobody serves the model.</summary>
    EmptyMapping,

    /// <summary>The Hub answers the question for a model's providers with <c>status</c> (404).</summary>
    MappingError,

    /// <summary>The connection is cut and there is no job.</summary>
    DropBeforeAccept,

    /// <summary>The answer is <c>status</c> (429) with the body known for it; <c>seconds</c> is for Retry-After.</summary>
    Refuse,

    /// <summary>503 with <c>estimated_time</c> of <c>seconds</c> (20).</summary>
    Loading,

    /// <summary>fal's 403 of an account whose balance is used up, and no job.</summary>
    LockAccount,

    /// <summary>A page of HTML with <c>status</c> (200) instead of the answer, and no job.</summary>
    HtmlOnSubmit,

    /// <summary>The job is taken, then the connection is cut without an answer.</summary>
    AcceptThenDrop,

    /// <summary>The job is taken, and the answer comes after <c>seconds</c>, or never.</summary>
    AcceptThenStall,

    /// <summary>
    /// The job is taken, but the answer is an error with <c>status</c> (504); at fal with the number of the request in a header.
    /// </summary>
    AcceptThenError,

    /// <summary>The job waits <c>seconds</c> in the queue. No fault, but scripted the same way.</summary>
    QueueTime,

    /// <summary>The job renders for <c>seconds</c>. No fault, but scripted the same way.</summary>
    RenderTime,

    /// <summary>The job renders until it is cancelled, or finished over the control.</summary>
    NeverFinish,

    /// <summary>A cancel is confirmed and then ignored.</summary>
    FinishAfterCancel,

    /// <summary>The job fails; on fal the result request then has <c>status</c> (422).</summary>
    FailJob,

    /// <summary>The job fails because the safety system refuses it.</summary>
    RejectContent,

    /// <summary>Polls are answered with <c>status</c> (500).</summary>
    PollError,

    /// <summary>Polls are answered with a page of HTML and <c>status</c> (200).</summary>
    HtmlOnPoll,

    /// <summary>The connection is cut at polls.</summary>
    DropOnPoll,

    /// <summary>The provider does not know the job any more.</summary>
    LoseJob,

    /// <summary>While it renders, the job has a status that no document names.</summary>
    UnknownStatus,

    /// <summary>Progress and place in the queue come as numbers with decimals.</summary>
    FractionalProgress,

    /// <summary>Progress, place in the queue, logs and timings are left out.</summary>
    MissingProgress,

    /// <summary>fal's result request is answered with <c>status</c> (500), whatever became of the job.</summary>
    ResultError,

    /// <summary>fal's result request is answered without a film.</summary>
    EmptyResult,

    /// <summary>The link to the film is out of date when it is handed out.</summary>
    ExpiredLink,

    /// <summary>The download is answered with <c>status</c> (403).</summary>
    DownloadError,

    /// <summary>The download is a page of HTML with <c>status</c> (200).</summary>
    HtmlOnDownload,

    /// <summary>Half of the film, as if it were all: only decoding it shows.</summary>
    Truncated,

    /// <summary>A picture, named and typed like a film.</summary>
    Renamed,

    /// <summary>The connection is cut in the middle of the film.</summary>
    DropOnDownload,

    /// <summary>The film comes in twenty pieces with <c>seconds</c> (0.5) between them.</summary>
    SlowDrip,

    /// <summary>The download redirects to <c>location</c>, whatever that is.</summary>
    RedirectOnDownload,

    /// <summary>The download is a gigabyte of zeros, packed to a megabyte, with <c>Content-Encoding: gzip</c>.</summary>
    PackedOnDownload,

    /// <summary>The download begins like a film and never ends.</summary>
    EndlessDownload,

    /// <summary>The download begins like a film, and then nothing comes any more.</summary>
    StallOnDownload,

    /// <summary>The film is a WebM. No fault, but scripted the same way.</summary>
    Webm,

    /// <summary>The film comes with <c>Content-Encoding: gzip</c>, whether the request allows that or not.</summary>
    Gzipped,

    /// <summary>The film has sound: a beep, and a flash at the same moment. No fault, but scripted the same way.</summary>
    Sound,
}
