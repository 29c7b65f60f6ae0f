namespace VideoGen.Grains.Generations.Ledger;

/// <summary>The step that the last ledger line requires.</summary>
internal enum LedgerStep
{
    /// <summary>Nothing: the generation is finished, or was never accepted.</summary>
    None,

    /// <summary>Get a slot, plan, persist the intent, submit.</summary>
    Submit,

    /// <summary>An earlier process persisted the intent and left no outcome: it is unknown whether the submit was sent.</summary>
    ResolveIntent,

    /// <summary>Poll the job's status.</summary>
    Poll,

    /// <summary>Ask the backend to stop the job.</summary>
    Cancel,

    /// <summary>Download the rendered video into the media store.</summary>
    Fetch,

    /// <summary>Convert the video to the requested shape and make the poster.</summary>
    Finish,
}
