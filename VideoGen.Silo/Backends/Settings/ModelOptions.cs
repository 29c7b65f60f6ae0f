namespace VideoGen.Silo.Backends.Settings;

/// <summary>
/// The upstreams and models of this server (docs/models.md). <see cref="ModelTable"/> adds those of the older settings, and says
/// what is wrong.
/// </summary>
internal sealed class ModelOptions
{
    public const string Section = "VideoGen";

    /// <summary>The places that render, by name.</summary>
    public Dictionary<string, UpstreamSettings> Upstreams { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The models that requests can name, by id.</summary>
    public Dictionary<string, ModelSettings> Models { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The model for requests that name none.</summary>
    public string? DefaultModel { get; set; }
}

/// <summary>One place that renders. Its <c>Token</c> and <c>PartnerKey</c> are not here, so that nothing that prints options can
/// print them.</summary>
internal sealed class UpstreamSettings
{
    /// <summary><c>preview</c>, <c>huggingface</c>, <c>endpoint</c>, <c>comfyui</c> or <c>openai-videos</c>.</summary>
    public string? Kind { get; set; }

    /// <summary>The address of an endpoint, or the root of a server, without <c>/v1</c>.</summary>
    public Uri? Url { get; set; }

    /// <summary>Headers that every call sends; they may contain secrets.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Renders at the same time: 1–1,000. Without it <c>VideoGen:Inference:MaxConcurrent</c>, but 1 for <c>comfyui</c> and
    /// <c>openai-videos</c>, whose servers render one after another.
    /// </summary>
    public int? MaxConcurrent { get; set; }

    /// <summary>
    /// Whether a submit that is sent twice may cost money twice. Without it: true for <c>huggingface</c> and
    /// <c>openai-videos</c>, false for <c>preview</c> and <c>endpoint</c>, and for <c>comfyui</c> true where a workflow contains
    /// partner nodes, which always cost money.
    /// </summary>
    public bool? RepeatCostsMoney { get; set; }

    /// <summary>Whether it gets no new jobs, because it is to be taken out; jobs that it has are followed to their end.</summary>
    public bool Drain { get; set; }

    /// <summary>
    /// Of kind <c>openai-videos</c>: whether nobody else uses the server, so that a job of ours can be found in its list.
    /// </summary>
    public bool Exclusive { get; set; }

    /// <summary>Of kind <c>huggingface</c>, as in the section <c>VideoGen:HuggingFace</c>, and so are the next three.</summary>
    public Uri? HubUrl { get; set; }

    public Uri? RouterUrl { get; set; }

    /// <summary>Of kind <c>openai-videos</c>: the software of the server, <c>sglang</c> or <c>vllm-omni</c>.</summary>
    public string? Provider { get; set; }

    public string? BillTo { get; set; }

    /// <summary>
    /// Of kind <c>endpoint</c>: <c>json</c>, or <c>image</c> for the picture alone. Of kind <c>openai-videos</c>:
    /// <c>multipart</c> or <c>json</c>.
    /// </summary>
    public string? Body { get; set; }
}

/// <summary>One model that requests can name.</summary>
internal sealed class ModelSettings
{
    /// <summary>The name of its upstream.</summary>
    public string? Upstream { get; set; }

    /// <summary>The names of several upstreams of one kind, with commas between them.</summary>
    public string? Upstreams { get; set; }

    /// <summary>What it is called there, a Hub id for example.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// Of kind <c>comfyui</c>: a file with a workflow in API format, or the name of one that is shipped (docs/own-gpu.md).
    /// </summary>
    public string? Workflow { get; set; }

    /// <summary>What people see; without it the name.</summary>
    public string? Title { get; set; }

    /// <summary>Ids of models, with commas between them.</summary>
    public string? Fallback { get; set; }
}
