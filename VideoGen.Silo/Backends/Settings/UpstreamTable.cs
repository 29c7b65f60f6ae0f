using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace VideoGen.Silo.Backends.Settings;

/// <summary>
/// The upstreams of <c>VideoGen:Upstreams</c> and those of the older settings. The one of a paid provider is there even without
/// its token: jobs that it accepted are paid for, and are followed or reported as waiting for the token.
/// </summary>
internal sealed partial class UpstreamTable
{
    private static readonly string[] Kinds =
    [
        BackendNames.Preview, BackendNames.HuggingFace, BackendNames.Endpoint, BackendNames.ComfyUi, BackendNames.OpenAiVideos,
    ];

    /// <summary>The kinds that are one server at one address.</summary>
    private static readonly string[] Servers = [BackendNames.Endpoint, BackendNames.ComfyUi, BackendNames.OpenAiVideos];

    /// <summary>The server software with a dialect of its own (facts about each are in its profiles).</summary>
    private static readonly IReadOnlyList<string> VideoServers = ["sglang", "vllm-omni"];

    private readonly HuggingFaceOptions _huggingFace;
    private readonly IConfiguration _configuration;
    private readonly List<string> _problems;

    public UpstreamTable(
        ModelOptions options, HuggingFaceOptions huggingFace, IConfiguration configuration, List<string> problems)
    {
        (_huggingFace, _configuration, _problems) = (huggingFace, configuration, problems);
        var configured = options.Upstreams.Select(upstream => Read(upstream.Key, upstream.Value)).OfType<Upstream>().ToList();
        All = [.. configured, .. Older().Where(old => !options.Upstreams.ContainsKey(old.Name))];
    }

    public IReadOnlyList<Upstream> All { get; }

    /// <summary>Whether this can be the name of an upstream or the id of a model.</summary>
    public static bool IsName(string name) => Name().IsMatch(name);

    /// <summary>The keys of a section that are no settings, such as misspelled ones.</summary>
    public static IEnumerable<string> Unknown<TSettings>(IConfiguration configuration, string section, params string[] more)
    {
        string[] known = [.. typeof(TSettings).GetProperties().Select(property => property.Name), .. more];
        return configuration.GetSection(section).GetChildren().Select(child => child.Key)
            .Where(key => !known.Contains(key, StringComparer.OrdinalIgnoreCase));
    }

    private IEnumerable<Upstream> Older()
    {
        yield return Of(BackendNames.Preview, BackendNames.Preview, UpstreamKeys.Old, new(_configuration));
        yield return Of(
            BackendNames.HuggingFace, BackendNames.HuggingFace, UpstreamKeys.Old, new(_configuration, HubTokens.Common));
        if (_huggingFace.EndpointUrl is { } url)
        {
            var endpoint = Of(
                BackendNames.Endpoint, BackendNames.Endpoint, UpstreamKeys.Old, new(_configuration, HubTokens.Common));
            yield return endpoint with { Url = url, IsPictureOnly = _huggingFace.EndpointBody == "image" };
        }
    }

    private Upstream? Read(string name, UpstreamSettings settings)
    {
        var before = _problems.Count;
        Check(name, settings);
        if (_problems.Count > before)
        {
            return null;
        }

        var kind = settings.Kind!;
        var token = UpstreamKeys.Key(name, "Token");
        var keys = kind is BackendNames.ComfyUi or BackendNames.OpenAiVideos
            ? UpstreamKeys.OfServer(name)
            : UpstreamKeys.Of(name);
        var upstream = Of(name, kind, keys, kind is BackendNames.HuggingFace
            ? new HubTokens(_configuration, [token, .. HubTokens.Common])
            : new HubTokens(_configuration, token));
        if (kind is BackendNames.HuggingFace && upstream.Tokens.Current is null)
        {
            Complain(name, "Token", "is missing, and HF_TOKEN is not set. Set one of them to a Hugging Face token with the "
                + "permission \"Make calls to Inference Providers\".");
        }

        return upstream with
        {
            Url = settings.Url,
            Headers = settings.Headers,
            MaxConcurrent = settings.MaxConcurrent ?? (kind is BackendNames.ComfyUi or BackendNames.OpenAiVideos ? 1 : null),
            RepeatCostsMoney = settings.RepeatCostsMoney ?? upstream.RepeatCostsMoney,
            HubUrl = settings.HubUrl ?? upstream.HubUrl,
            RouterUrl = settings.RouterUrl ?? upstream.RouterUrl,
            Provider = settings.Provider ?? "auto",
            BillTo = settings.BillTo,
            IsPictureOnly = settings.Body == "image",
            PartnerKey = new HubTokens(_configuration, UpstreamKeys.Key(name, "PartnerKey")),
            IsDrained = settings.Drain,
            IsExclusive = settings.Exclusive,
            IsJson = settings.Body == "json",
        };
    }

    private Upstream Of(string name, string kind, UpstreamKeys keys, HubTokens tokens) => new()
    {
        Name = name,
        Kind = kind,
        Tokens = tokens,
        Keys = keys,
        RepeatCostsMoney = kind is BackendNames.HuggingFace or BackendNames.OpenAiVideos,
        HubUrl = _huggingFace.HubUrl,
        RouterUrl = _huggingFace.RouterUrl,
        Provider = _huggingFace.Provider,
        BillTo = _huggingFace.BillTo,
    };

    private void Check(string name, UpstreamSettings settings)
    {
        if (!IsName(name))
        {
            _problems.Add($"{ModelOptions.Section}:Upstreams:{name} is not a valid name: use 1 to 64 letters, digits, dots, " +
                "hyphens and underscores.");
        }

        var section = $"{ModelOptions.Section}:Upstreams:{name}";
        foreach (var key in Unknown<UpstreamSettings>(_configuration, section, "Token", "PartnerKey"))
        {
            Complain(name, key, "does not exist. The settings of an upstream are Kind, Url, Token, PartnerKey, Headers, " +
                "MaxConcurrent, RepeatCostsMoney, Drain, Exclusive, HubUrl, RouterUrl, Provider, BillTo, Body.");
        }

        if (!Kinds.Contains(settings.Kind))
        {
            Complain(name, "Kind", $"must be {string.Join(", ", Kinds[..^1])} or {Kinds[^1]}.");
        }
        else if (Kinds.Contains(name) && settings.Kind != name)
        {
            Complain(name, "Kind", $"must be {name}: stored generations know that upstream by this name.");
        }

        if (Servers.Contains(settings.Kind) && settings.Url is null)
        {
            Complain(name, "Url", settings.Kind is BackendNames.Endpoint
                ? "is missing. Set it to the address of the endpoint."
                : "is missing. Set it to the root of the server, such as http://10.0.0.7:8188.");
        }

        if (settings.Kind is BackendNames.OpenAiVideos && settings.Url is { IsAbsoluteUri: true, AbsolutePath: var path }
            && path.TrimEnd('/').EndsWith("/v1", StringComparison.Ordinal))
        {
            Complain(name, "Url", "must be the root of the server, without /v1.");
        }

        CheckUrl(name, "Url", settings.Url);
        CheckUrl(name, "HubUrl", settings.HubUrl);
        CheckUrl(name, "RouterUrl", settings.RouterUrl);
        if (settings.MaxConcurrent is < 1 or > 1000)
        {
            Complain(name, "MaxConcurrent", "must be from 1 to 1000.");
        }

        var providers = settings.Kind is BackendNames.OpenAiVideos ? VideoServers : HuggingFaceOptions.Providers;
        if (settings.Provider is { } provider && !providers.Contains(provider))
        {
            Complain(name, "Provider", $"must be {string.Join(", ", providers)}.");
        }

        string[] bodies = settings.Kind is BackendNames.OpenAiVideos ? ["multipart", "json"] : ["json", "image"];
        if (settings.Body is { } body && !bodies.Contains(body))
        {
            Complain(name, "Body", $"must be {string.Join(" or ", bodies)}.");
        }

        foreach (var (header, value) in settings.Headers)
        {
            using var probe = new HttpRequestMessage();
            if (!IsHeader(probe.Headers, header, value))
            {
                Complain(name, $"Headers:{header}", "is not a valid request header.");
            }
        }
    }

    private static bool IsHeader(HttpRequestHeaders headers, string name, string value)
    {
        try
        {
            headers.Add(name, value);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    private void CheckUrl(string name, string key, Uri? url)
    {
        if (!HttpUrlAttribute.IsHttp(url))
        {
            Complain(name, key, "must be an http or https address without user info, query or fragment.");
        }
    }

    private void Complain(string name, string key, string sentence) =>
        _problems.Add($"{UpstreamKeys.Key(name, key)} {sentence}");

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{1,64}\z")]
    private static partial Regex Name();
}
