namespace VideoGen.Grains.Telemetry;

/// <summary>The names of the tags of instruments and spans.</summary>
internal static class Tag
{
    public const string Backend = "videogen.backend";
    public const string Model = "videogen.model";
    public const string Provider = "videogen.provider";
    public const string Operation = "videogen.operation";
    public const string Outcome = "videogen.outcome";
    public const string Step = "videogen.step";
    public const string Reason = "videogen.reason";

    /// <summary>One of <see cref="Generations.Contract.GenerationErrorCode"/>.</summary>
    public const string Error = "error.type";

    /// <summary>For spans only: there are as many values as generations.</summary>
    public const string Generation = "videogen.generation";

    /// <summary>For spans only.</summary>
    public const string Attempt = "videogen.attempt";
}
