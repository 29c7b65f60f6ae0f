using System.Globalization;
using VideoGen.FakeComfy.Files;

namespace VideoGen.FakeComfy.Nodes;

/// <summary>Describes node classes as <c>/object_info</c> does.</summary>
internal sealed class ObjectInfo(ComfySettings settings, ComfyFiles files)
{
    public IReadOnlyDictionary<string, object> All() => settings.Classes.ToDictionary(entry => entry.Name, Describe);

    public IReadOnlyDictionary<string, object> One(string name) => settings.FindClass(name) is { } found
        ? new Dictionary<string, object> { [name] = Describe(found) }
        : new Dictionary<string, object>();

    private object Describe(NodeClass found)
    {
        var groups = found.Inputs.GroupBy(input => input.Required ? "required" : "optional").ToList();
        var info = new Dictionary<string, object>
        {
            ["input"] = groups.ToDictionary(
                group => group.Key, group => group.ToDictionary(input => input.Name, input => Describe(found, input))),
            ["input_order"] = groups.ToDictionary(group => group.Key, group => group.Select(input => input.Name).ToArray()),
            ["is_input_list"] = false,
            ["output"] = found.Outputs,
            ["output_is_list"] = found.Outputs.Select(_ => false).ToArray(),
            ["output_name"] = found.Outputs,
            ["name"] = found.Name,
            ["display_name"] = found.Name,
            ["description"] = "",
            ["python_module"] = Module(found),
            ["category"] = "sd",
            ["output_node"] = found.IsOutput,
            ["has_intermediate_output"] = false,
            ["search_aliases"] = Array.Empty<string>(),
        };

        // The older classes have the field only where it is set; the newer ones always.
        if (found.IsNewer || found.IsPartner)
        {
            info["api_node"] = found.IsPartner;
        }

        return info;
    }

    private object[] Describe(NodeClass found, NodeInput input)
    {
        var extra = new Dictionary<string, object>();
        if (input.Default is { } value)
        {
            extra["default"] = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
                : bool.TryParse(value, out var flag) ? flag : value;
        }

        if (input.Min is { } min)
        {
            extra["min"] = min;
        }

        if (input.Max is { } max)
        {
            extra["max"] = max;
        }

        if (input.Kind == InputKind.Picture)
        {
            extra["image_upload"] = true;
        }

        if (OptionsOf(input) is not { } options)
        {
            return [input.Type.Replace('/', ','), extra];
        }

        if (input.Kind == InputKind.DynamicChoice)
        {
            extra["options"] = options.Select(key => new { key, inputs = new Dictionary<string, object>() }).ToArray();
            return ["COMFY_DYNAMICCOMBO_V3", extra];
        }

        if (!found.IsNewer)
        {
            return [options, extra];
        }

        extra["multiselect"] = false;
        extra["options"] = options;
        return ["COMBO", extra];
    }

    private IReadOnlyList<string>? OptionsOf(NodeInput input) => input.Kind switch
    {
        InputKind.Choice or InputKind.DynamicChoice => input.Choices,
        InputKind.ModelFile => settings.FilesOf(input.Type),
        InputKind.Picture => files.ListInputs(),
        _ => null,
    };

    private static string Module(NodeClass found) => found switch
    {
        { IsPartner: true } => "comfy_api_nodes.nodes_kling",
        { IsOpen: true } => "custom_nodes.added",
        { Name: var name } when name.StartsWith("VHS_", StringComparison.Ordinal) => "custom_nodes.ComfyUI-VideoHelperSuite",
        { IsNewer: true } => "comfy_extras.nodes_video",
        _ => "nodes",
    };
}
