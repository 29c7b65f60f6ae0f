using VideoGen.Grains.Backends;

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

    /// <summary>The key for the partner nodes of a ComfyUI server, which bill a Comfy account.</summary>
    public HubTokens? PartnerKey { get; init; }

    /// <summary>Null for the common limit.</summary>
    public int? MaxConcurrent { get; init; }

    /// <summary>The address of an endpoint, or the root of a server.</summary>
    public Uri? Url { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public required Uri HubUrl { get; init; }

    public required Uri RouterUrl { get; init; }

    public required string Provider { get; init; }

    public string? BillTo { get; init; }

    /// <summary>Whether it gets no new jobs.</summary>
    public bool IsDrained { get; init; }

    /// <summary>Whether nobody else uses the server.</summary>
    public bool IsExclusive { get; init; }

    /// <summary>Whether a server that speaks <c>/v1/videos</c> gets JSON instead of a form.</summary>
    public bool IsJson { get; init; }

    /// <summary>The workflow files of the models at a ComfyUI server, by the name that a model has there.</summary>
    public IReadOnlyDictionary<string, string> Workflows { get; init; } = new Dictionary<string, string>();

    /// <summary>What the grain's decisions depend on.</summary>
    public BackendTraits Traits => new(Kind is BackendNames.Preview, RepeatCostsMoney, MaxConcurrent, Kind, IsDrained);

    /// <summary>Whether an endpoint gets the picture alone.</summary>
    public bool IsPictureOnly { get; init; }
}

/// <summary>The names of the settings of an upstream, and what else its operator can do about a refusal.</summary>
internal sealed record UpstreamKeys(string Token, string Model, string Provider, string Url)
{
    /// <summary>What to do about a token that lacks a permission.</summary>
    public string Permission { get; init; } = "Give it the permission \"Make calls to Inference Providers\" (and membership of "
        + "the organisation that is billed).";

    /// <summary>What to do about an account without credit.</summary>
    public string Credit { get; init; } = "Add credit at huggingface.co/settings/billing.";

    /// <summary>What to do about a model that is not served.</summary>
    public string OtherModel => Credit.Length == 0
        ? $"Set {Model} to one that it serves."
        : $"Wait until it does, or set {Model} or {Provider} to another value.";

    public static UpstreamKeys Old { get; } = new(
        "HF_TOKEN", $"{HuggingFaceOptions.Section}:Model", $"{HuggingFaceOptions.Section}:Provider",
        $"{HuggingFaceOptions.Section}:EndpointUrl");

    public static UpstreamKeys Of(string upstream) => new(
        Key(upstream, "Token"), $"the Name of the model in {ModelOptions.Section}:Models", Key(upstream, "Provider"),
        Key(upstream, "Url"));

    /// <summary>The settings of a server of one's own.</summary>
    public static UpstreamKeys OfServer(string upstream) => Of(upstream) with { Permission = "", Credit = "" };

    public static string Key(string upstream, string setting) => $"{ModelOptions.Section}:Upstreams:{upstream}:{setting}";
}
