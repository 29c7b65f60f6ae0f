using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Silo.Backends.ComfyUi;

/// <summary>How a job stands at a ComfyUI server.</summary>
internal abstract record ComfyJob
{
    private ComfyJob() { }

    /// <summary>In the queue, at this position counted from 1 where that is known.</summary>
    public sealed record Pending(int? Position = null) : ComfyJob;

    public sealed record Running : ComfyJob;

    /// <summary>It ended without an error; the file is null when its outputs name no video.</summary>
    public sealed record Completed(ComfyFile? Video) : ComfyJob;

    public sealed record Failed(string? Words) : ComfyJob;

    /// <summary>Somebody stopped it.</summary>
    public sealed record Interrupted : ComfyJob;

    /// <summary>The server answers, and knows no such job: it never had it, or was restarted, or somebody removed it.</summary>
    public sealed record Unknown : ComfyJob;

    public sealed record NoAnswer(GenerationError Error, TimeSpan? RetryAfter) : ComfyJob;
}
