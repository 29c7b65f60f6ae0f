namespace VideoGen.FakeVideos.Faults;

/// <summary>The requests that a rule can be for.</summary>
public enum VideosRoute
{
    /// <summary><c>POST /v1/videos</c></summary>
    Create,

    /// <summary><c>GET /v1/videos</c></summary>
    List,

    /// <summary><c>GET /v1/videos/{id}</c></summary>
    Get,

    /// <summary><c>DELETE /v1/videos/{id}</c></summary>
    Delete,

    /// <summary><c>GET /v1/videos/{id}/content</c></summary>
    Content,

    /// <summary><c>GET /storage/{name}</c>, the cloud storage.</summary>
    Storage,

    /// <summary><c>GET /v1/models</c></summary>
    Models,

    /// <summary><c>GET /health</c></summary>
    Health,
}

/// <summary>
/// One scripted fault. <paramref name="Prompt"/> is text that the prompt contains; a rule without it fits every request and job.
/// </summary>
public sealed record FaultRule(FaultKind Fault, string? Prompt = null)
{
    /// <summary>The only request that it is for, where the fault can meet several.</summary>
    public VideosRoute? Route { get; init; }

    /// <summary>How many times it strikes; null for always.</summary>
    public int? Times { get; init; }

    /// <summary>How many times it lets pass first.</summary>
    public int After { get; init; }

    /// <summary>How likely it strikes where it fits, from 0 to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>The time, where the fault has one.</summary>
    public double? Seconds { get; init; }

    /// <summary>The number of the error or of HTTP, where the fault has one.</summary>
    public int? Code { get; init; }

    /// <summary>The status word, where the fault has one.</summary>
    public string? Status { get; init; }

    /// <summary>The message, where the fault has one.</summary>
    public string? Message { get; init; }

    internal TimeSpan Time(double usual) => TimeSpan.FromSeconds(Seconds ?? usual);
}
