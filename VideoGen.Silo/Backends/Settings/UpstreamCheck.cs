using System.Net.Http.Headers;

namespace VideoGen.Silo.Backends.Settings;

/// <summary>Says what is wrong with the settings of an upstream; each sentence names the setting.</summary>
internal sealed class UpstreamCheck(IConfiguration configuration, List<string> problems)
{
    private static readonly string[] Kinds =
    [
        BackendNames.Preview, BackendNames.HuggingFace, BackendNames.Endpoint, BackendNames.ComfyUi, BackendNames.OpenAiVideos,
    ];

    /// <summary>The kinds that are one server at one address.</summary>
    private static readonly string[] Servers = [BackendNames.Endpoint, BackendNames.ComfyUi, BackendNames.OpenAiVideos];

    /// <summary>The server software with a dialect of its own (facts about each are in its profiles).</summary>
    private static readonly IReadOnlyList<string> VideoServers = ["sglang", "vllm-omni"];

    /// <summary>Adds a sentence for each mistake.</summary>
    public void Run(string name, UpstreamSettings settings)
    {
        if (!UpstreamTable.IsName(name))
        {
            problems.Add($"{ModelOptions.Section}:Upstreams:{name} is not a valid name: use 1 to 64 letters, digits, dots, " +
                "hyphens and underscores.");
        }

        var section = $"{ModelOptions.Section}:Upstreams:{name}";
        foreach (var key in UpstreamTable.Unknown<UpstreamSettings>(configuration, section, "Token", "PartnerKey"))
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
        problems.Add($"{UpstreamKeys.Key(name, key)} {sentence}");
}
