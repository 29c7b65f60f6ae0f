namespace VideoGen.FakeHub;

/// <summary>The paces of the stand-in, all in seconds of its clock; a fault can give a single job others.</summary>
public sealed record HubSettings
{
    /// <summary>How long a job waits in the provider's queue.</summary>
    public double QueueSeconds { get; init; } = 0.2;

    /// <summary>How long a job renders after that.</summary>
    public double RenderSeconds { get; init; } = 1;

    /// <summary>How long a signed download link works.</summary>
    public double LinkSeconds { get; init; } = 3600;

    /// <summary>
    /// Whether the providers' films come in the shape that orders for 3 s at 512 have (512 × 512, 24 frames a second), so that
    /// little is left to do for who ordered them.
    /// </summary>
    public bool ShapedFilms { get; init; }

    /// <summary>The form in which the dedicated endpoint hands out its film.</summary>
    public EndpointAnswer EndpointAnswer { get; init; }
}

/// <summary>What a dedicated endpoint answers with; its container decides, and there is no common rule.</summary>
public enum EndpointAnswer
{
    /// <summary>The film itself, <c>video/mp4</c>: a container of one's own.</summary>
    Bytes,

    /// <summary><c>{"video":"(base64)"}</c>: the stock toolkit can answer with JSON only.</summary>
    Base64,

    /// <summary><c>{"video":{"url":"…"}}</c></summary>
    Link,
}

/// <summary>Holds the settings in force; a change counts for what is accepted after it.</summary>
public sealed class SettingsBoard
{
    private readonly HubSettings _initial;
    private volatile HubSettings _current;

    /// <summary>Starts with the given settings.</summary>
    public SettingsBoard(HubSettings initial) => _initial = _current = initial;

    /// <summary>The settings in force.</summary>
    public HubSettings Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>Back to the settings of the start.</summary>
    public void Reset() => _current = _initial;
}
