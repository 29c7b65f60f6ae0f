using System.Text.RegularExpressions;

namespace VideoGen.Silo.Backends.Settings;

/// <summary>
/// The upstreams of <c>VideoGen:Upstreams</c> and those of the older settings. The one of a paid provider is there even without
/// its token: jobs that it accepted are paid for, and are followed or reported as waiting for the token.
/// </summary>
internal sealed partial class UpstreamTable
{
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
        new UpstreamCheck(_configuration, _problems).Run(name, settings);
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

    private void Complain(string name, string key, string sentence) =>
        _problems.Add($"{UpstreamKeys.Key(name, key)} {sentence}");

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{1,64}\z")]
    private static partial Regex Name();
}
