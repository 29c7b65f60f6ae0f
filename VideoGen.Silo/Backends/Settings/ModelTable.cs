using VideoGen.Grains.Backends;

namespace VideoGen.Silo.Backends.Settings;

/// <summary>
/// The models that requests can name and their upstreams, from the settings. The preview is always one of them. Without
/// <c>VideoGen:Models</c> there is also one for each of the older settings; its id, its upstream and its kind have the same
/// name.
/// </summary>
internal sealed class ModelTable
{
    private readonly List<string> _problems = [];

    public ModelTable(
        ModelOptions options, HuggingFaceOptions huggingFace, BackendOptions backend, IConfiguration configuration)
    {
        var upstreams = new UpstreamTable(options, huggingFace, configuration, _problems);
        Upstreams = [.. upstreams.All.Select(upstream =>
            upstream with { Workflows = ModelReader.WorkflowsAt(upstream, options) })];
        var reader = new ModelReader(Upstreams, configuration, _problems);
        var configured = options.Models
            .Select(model => reader.Read(model.Key, model.Value)).OfType<VideoModel>().ToList();
        Models = [.. configured, .. Older(options, huggingFace).Where(old => configured.All(model => !Is(model.Id, old.Id)))];
        foreach (var (model, other) in configured.SelectMany(model => model.Fallback, (model, other) => (model, other)))
        {
            if (Find(other) is null || Is(other, model.Id))
            {
                Complain($"Models:{model.Id}:Fallback", $"names {other}, which is not another model. {Known}");
            }
        }

        Models = [.. Models.Select(model => model with { Fallback = [.. model.Fallback.Select(id => Find(id)?.Id ?? id)] })];
        Default = ChooseDefault(options, backend, configured) ?? Models[^1];
    }

    public IReadOnlyList<Upstream> Upstreams { get; }

    public IReadOnlyList<VideoModel> Models { get; }

    public VideoModel Default { get; }

    /// <summary>Sentences about what is wrong, each of which names the setting.</summary>
    public IReadOnlyList<string> Problems => _problems;

    private bool HasToken => Upstreams.Any(
        upstream => upstream is { Name: BackendNames.HuggingFace, Tokens.Current: not null });

    private string Known => $"The models are {string.Join(", ", Models.Select(model => model.Id))}.";

    private VideoModel? Find(string id) => Models.FirstOrDefault(model => Is(model.Id, id));

    /// <summary>The models of the older settings, the best one first.</summary>
    private IEnumerable<VideoModel> Older(ModelOptions options, HuggingFaceOptions huggingFace)
    {
        if (options.Models.Count > 0)
        {
            yield return Of(BackendNames.Preview, null, "Preview");
            yield break;
        }

        if (huggingFace.EndpointUrl is not null && !options.Upstreams.ContainsKey(BackendNames.Endpoint))
        {
            yield return Of(BackendNames.Endpoint, huggingFace.Model, "Dedicated endpoint");
        }

        if (HasToken && !options.Upstreams.ContainsKey(BackendNames.HuggingFace))
        {
            yield return Of(BackendNames.HuggingFace, huggingFace.Model, huggingFace.Model);
        }

        yield return Of(BackendNames.Preview, null, "Preview");
    }

    private static VideoModel Of(string kind, string? name, string title) => new(kind, kind, name, title, []);

    private VideoModel? ChooseDefault(ModelOptions options, BackendOptions backend, List<VideoModel> configured)
    {
        if (!string.IsNullOrWhiteSpace(options.DefaultModel))
        {
            return Find(options.DefaultModel)
                ?? Complain("DefaultModel", $"names {options.DefaultModel}, which is not a model. {Known}");
        }

        if (backend.Backend is not "auto")
        {
            return Find(backend.Backend) ?? Missing(backend.Backend);
        }

        return configured.Count switch
        {
            0 => Models[0],    // the endpoint, else Hugging Face, else the preview
            1 => configured[0],
            _ => Complain("DefaultModel", $"is missing. Set it to the model for requests that name none. {Known}"),
        };
    }

    private VideoModel? Missing(string backend)
    {
        var whyNot = backend switch
        {
            BackendNames.Endpoint => $"there is no address. Set {HuggingFaceOptions.Section}:EndpointUrl.",
            BackendNames.HuggingFace when !HasToken => "there is no token. Set HF_TOKEN to a Hugging Face token with the " +
                "permission \"Make calls to Inference Providers\".",
            _ => $"there is no model of that name. Set {ModelOptions.Section}:DefaultModel instead. {Known}",
        };
        _problems.Add($"{BackendOptions.Section}:Backend is {backend}, but {whyNot}");
        return null;
    }

    private VideoModel? Complain(string key, string sentence)
    {
        _problems.Add($"{ModelOptions.Section}:{key} {sentence}");
        return null;
    }

    private static bool Is(string left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
