namespace VideoGen.Grains.Telemetry;

/// <summary>The names of what instruments and spans are told apart by.</summary>
internal static class Tag
{
    public const string Backend = "videogen.backend";
    public const string Provider = "videogen.provider";
    public const string Operation = "videogen.operation";
    public const string Outcome = "videogen.outcome";
    public const string Step = "videogen.step";
    public const string Reason = "videogen.reason";

    /// <summary>One of <see cref="Generations.Contract.GenerationErrorCode"/>.</summary>
    public const string Error = "error.type";

    /// <summary>Of spans only: there are as many as generations.</summary>
    public const string Generation = "videogen.generation";

    /// <summary>Of spans only.</summary>
    public const string Attempt = "videogen.attempt";
}
