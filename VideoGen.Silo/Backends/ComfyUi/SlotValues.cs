using System.Text.Json.Nodes;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.ComfyUi.Workflows;
using VideoGen.Silo.Backends.Models;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Backends.ComfyUi;

/// <summary>The values of a request for the slots of a workflow, as the profile of its model has them.</summary>
internal static class SlotValues
{
    public static Dictionary<string, JsonNode> Of(
        RenderRequest render, Workflow workflow, ModelProfiles profiles, FrameSize frame,
        IReadOnlyList<string> pictures, string output)
    {
        var request = render.Request;
        var values = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var (name, value) in ProfileOf(render.Model, workflow, profiles).Parameters(request, frame))
        {
            values[name] = value!.DeepClone();
        }

        values[SlotNames.Picture] = pictures[0];
        foreach (var (number, slot) in SlotNames.References.Index())
        {
            values[slot] = pictures.ElementAtOrDefault(number + 1) ?? pictures[0];
        }

        values[SlotNames.Output] = output;
        values[SlotNames.Prompt] = request.Prompt;
        values[SlotNames.NegativePrompt] = request.NegativePrompt ?? "";
        values[SlotNames.Seed] = request.Seed is { } seed ? seed & int.MaxValue : SubmitId.SeedOf(render);
        values[SlotNames.Length] = request.DurationSeconds;
        if (request.NegativePrompt is null && !workflow.HasMark(SlotNames.NegativePrompt))
        {
            values.Remove(SlotNames.NegativePrompt);    // the graph has a text of its own
        }

        return values;
    }

    /// <summary>What users can know about the model: what its profile and its workflow take.</summary>
    public static ModelTraits TraitsOf(string? model, Workflow workflow, ModelProfiles profiles)
    {
        var profile = profiles.Find(BackendNames.ComfyUi, model ?? "");
        return ProfileOf(model, workflow, profiles).ToTraits() with
        {
            HasProfile = profile is { Model.Length: > 0 },
            Script = workflow.Slots.ContainsKey(SlotNames.Prompt),
            Seed = workflow.Slots.ContainsKey(SlotNames.Seed),
            NegativePrompt = workflow.Slots.ContainsKey(SlotNames.NegativePrompt),
            References = ReferencesOf(workflow),
        };
    }

    /// <summary>How many further pictures of a character a graph takes.</summary>
    public static int ReferencesOf(Workflow workflow) => SlotNames.References.Count(workflow.Slots.ContainsKey);

    /// <summary>A graph that makes a number of frames a second of its own is asked for that many.</summary>
    private static ModelProfile ProfileOf(string? model, Workflow workflow, ModelProfiles profiles)
    {
        var profile = profiles.Find(BackendNames.ComfyUi, model ?? "")!;
        return workflow.FixedRate is { } rate && profile is { Frames: { } frames, Model.Length: 0 }
            ? profile with { Frames = frames with { Rate = rate } }
            : profile;
    }
}
