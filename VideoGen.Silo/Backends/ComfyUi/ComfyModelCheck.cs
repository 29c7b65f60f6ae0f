using VideoGen.Silo.Backends.ComfyUi.Workflows;
using VideoGen.Silo.Backends.Models;

namespace VideoGen.Silo.Backends.ComfyUi;

/// <summary>Says what a workflow takes, where it takes it, and what its server lacks.</summary>
internal static class ComfyModelCheck
{
    public static async Task<ModelCheckReport> RunAsync(
        ComfyServer server, string? model, CancellationToken cancellationToken)
    {
        if (server.Find(model) is not { } workflow)
        {
            return new ModelCheckReport(false, [$"The model has no workflow at {server.Upstream.Name}."]);
        }

        List<string> lines = [$"Workflow {server.Upstream.Workflows[model!]}"];
        lines.AddRange(SlotNames.All.Select(slot => $"  {slot,-16} {Places(workflow, slot)}"));
        var (version, whyNot) = await server.AskVersionAsync(cancellationToken);
        if (version is null)
        {
            return new ModelCheckReport(false, [.. lines, whyNot!.Message]);
        }

        lines.Add($"ComfyUI {version.Number} at {server.Upstream.Url}. {version.Limits}".TrimEnd());
        if (await server.Nodes.CheckAsync(workflow, cancellationToken) is not { } needs)
        {
            return new ModelCheckReport(false, [.. lines, "It did not say which node classes it has (/object_info)."]);
        }

        lines.AddRange(needs.MissingClasses.Select(type =>
            $"Missing node class: {type}. Install the custom nodes that have it."));
        lines.AddRange(needs.MissingChoices.Select(choice => $"Missing value: {choice}. Mostly a model file to download."));
        lines.Add(needs.CostsMoney
            ? $"Partner nodes: {string.Join(", ", needs.PartnerNodes)}. Each run costs money at Comfy, so nothing is repeated "
                + "unasked."
            : "Partner nodes: none, so an interrupted run is repeated by itself.");
        if (needs.IsMet)
        {
            lines.Add("The server has all that the workflow needs.");
        }

        return new ModelCheckReport(needs.IsMet, lines);
    }

    private static string Places(Workflow workflow, string slot) => workflow.Slots.TryGetValue(slot, out var places)
        ? string.Join(", ", places.Select(place => $"{place.Input} of node {workflow.Describe(place.Node)}"))
        : "not taken";
}
