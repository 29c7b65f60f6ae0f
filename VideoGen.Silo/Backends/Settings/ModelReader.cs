using VideoGen.Grains.Backends;

namespace VideoGen.Silo.Backends.Settings;

/// <summary>Reads one model of <c>VideoGen:Models</c>, and says what is wrong with it.</summary>
internal sealed class ModelReader(IReadOnlyList<Upstream> upstreams, IConfiguration configuration, List<string> problems)
{
    /// <summary>The model; null, with a problem, when a setting is wrong.</summary>
    public VideoModel? Read(string id, ModelSettings settings)
    {
        foreach (var key in UpstreamTable.Unknown<ModelSettings>(configuration, $"{ModelOptions.Section}:Models:{id}"))
        {
            Complain($"Models:{id}:{key}", "does not exist. The settings of a model are Upstream, Upstreams, Name, Workflow, "
                + "Title, Fallback.");
        }

        if (!UpstreamTable.IsName(id))
        {
            Complain($"Models:{id}", "is not a valid id: use 1 to 64 letters, digits, dots, hyphens and underscores.");
            return null;
        }

        if (FindUpstreams(id, settings) is not [var upstream, ..] found)
        {
            return null;
        }

        if (upstream.Kind is BackendNames.HuggingFace && !HuggingFaceOptions.IsModelId(settings.Name))
        {
            Complain($"Models:{id}:Name", "must be a model id on the Hub such as Wan-AI/Wan2.2-I2V-A14B.");
            return null;
        }

        var name = NameOf(settings);
        if (!CheckWorkflow(id, name, settings, upstream))
        {
            return null;
        }

        return new VideoModel(id, upstream.Name, name, settings.Title ?? name ?? id, [.. Words(settings.Fallback)])
        {
            Upstreams = [.. found.Select(one => one.Name)],
        };
    }

    /// <summary>The upstreams of a model, which are of one kind; empty, with a problem, when there are none.</summary>
    private List<Upstream> FindUpstreams(string id, ModelSettings settings)
    {
        var (key, names) = settings.Upstreams is null
            ? ($"Models:{id}:Upstream", Words(settings.Upstream))
            : ($"Models:{id}:Upstreams", Words(settings.Upstreams));
        var known = string.Join(", ", upstreams.Select(upstream => upstream.Name));
        List<Upstream> found = [];
        foreach (var name in names)
        {
            if (upstreams.FirstOrDefault(upstream => Is(upstream.Name, name)) is not { } upstream)
            {
                Complain(key, $"names {name}, which is not an upstream. The upstreams are {known}.");
                return [];
            }

            if (found is [var first, ..] && first.Kind != upstream.Kind)
            {
                Complain(key, $"names {first.Name} and {upstream.Name}, which are of different kinds. Use Fallback for that.");
                return [];
            }

            found.Add(upstream);
        }

        if (found.Count == 0)
        {
            Complain(key, $"is missing. Set it to one of the upstreams: {known}.");
        }
        else if (settings is { Upstream: not null, Upstreams: not null })
        {
            Complain(key, "and Upstream are both set. Leave one of them out.");
        }

        return [.. found.Distinct()];
    }

    private bool CheckWorkflow(string id, string? name, ModelSettings settings, Upstream upstream)
    {
        var before = problems.Count;
        if (upstream.Kind is not BackendNames.ComfyUi)
        {
            if (settings.Workflow is not null)
            {
                Complain($"Models:{id}:Workflow", $"is for upstreams of kind {BackendNames.ComfyUi}. Leave it out.");
            }
        }
        else if (string.IsNullOrWhiteSpace(settings.Workflow))
        {
            Complain($"Models:{id}:Workflow", "is missing. Set it to a workflow in API format, or to the name of one that is "
                + "shipped (docs/own-gpu.md).");
        }
        else if (upstream.Workflows.GetValueOrDefault(name!) != settings.Workflow)
        {
            Complain($"Models:{id}:Name", $"is {name}, as is that of a model with another workflow at {upstream.Name}.");
        }

        return problems.Count == before;
    }

    /// <summary>
    /// A model at a ComfyUI server has no name there but that of its workflow: the name of its file, or of a shipped one, which
    /// may have dots of its own (<c>wan2.2-ti2v-5b</c>).
    /// </summary>
    private static string? NameOf(ModelSettings settings) => !string.IsNullOrWhiteSpace(settings.Name) ? settings.Name
        : string.IsNullOrWhiteSpace(settings.Workflow) ? null
        : settings.Workflow.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? Path.GetFileNameWithoutExtension(settings.Workflow)
            : Path.GetFileName(settings.Workflow);

    /// <summary>The workflows of the models at an upstream, by the name of the model there.</summary>
    public static Dictionary<string, string> WorkflowsAt(Upstream upstream, ModelOptions options) => options.Models.Values
        .Where(model => !string.IsNullOrWhiteSpace(model.Workflow))
        .Where(model => Words(model.Upstreams ?? model.Upstream).Any(name => Is(upstream.Name, name)))
        .DistinctBy(NameOf).ToDictionary(model => NameOf(model)!, model => model.Workflow!);

    private static string[] Words(string? list) =>
        (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private void Complain(string key, string sentence) => problems.Add($"{ModelOptions.Section}:{key} {sentence}");

    private static bool Is(string left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
