namespace VideoGen.Silo.Backends.Settings;

/// <summary>One place that renders, with everything that its backend needs to call it.</summary>
internal sealed record Upstream
{
    public required string Name { get; init; }

    /// <summary>One of <see cref="BackendNames"/>.</summary>
    public required string Kind { get; init; }

    public required HubTokens Tokens { get; init; }

    /// <summary>The settings that messages to operators name.</summary>
    public required UpstreamKeys Keys { get; init; }

    public required bool RepeatCostsMoney { get; init; }

    /// <summary>Null for the common limit.</summary>
    public int? MaxConcurrent { get; init; }

    /// <summary>The address of an endpoint.</summary>
    public Uri? Url { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public required Uri HubUrl { get; init; }

    public required Uri RouterUrl { get; init; }

    public required string Provider { get; init; }

    public string? BillTo { get; init; }

    /// <summary>Whether an endpoint gets the picture alone.</summary>
    public bool IsPictureOnly { get; init; }
}

/// <summary>The names of the settings of an upstream.</summary>
internal sealed record UpstreamKeys(string Token, string Model, string Provider, string Url)
{
    public static UpstreamKeys Old { get; } = new(
        "HF_TOKEN", $"{HuggingFaceOptions.Section}:Model", $"{HuggingFaceOptions.Section}:Provider",
        $"{HuggingFaceOptions.Section}:EndpointUrl");

    public static UpstreamKeys Of(string upstream) => new(
        Key(upstream, "Token"), $"the Name of the model in {ModelOptions.Section}:Models", Key(upstream, "Provider"),
        Key(upstream, "Url"));

    public static string Key(string upstream, string setting) => $"{ModelOptions.Section}:Upstreams:{upstream}:{setting}";
}
