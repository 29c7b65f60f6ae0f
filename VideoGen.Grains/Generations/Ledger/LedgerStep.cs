namespace VideoGen.Grains.Generations.Ledger;

/// <summary>What the last ledger line calls for.</summary>
internal enum LedgerStep
{
    /// <summary>Nothing: the generation is finished, or was never accepted.</summary>
    None,

    /// <summary>Get a slot, plan, persist the intent, send it.</summary>
    Submit,

    /// <summary>An earlier life persisted the intent and left no outcome: it is unknown whether the submit was sent.</summary>
    ResolveIntent,

    /// <summary>Ask the backend how the job stands.</summary>
    Poll,

    /// <summary>Ask the backend to stop the job.</summary>
    Cancel,

    /// <summary>Bring the rendered film into the media store.</summary>
    Fetch,

    /// <summary>Bring the film to the asked shape and make the poster.</summary>
    Finish,
}
