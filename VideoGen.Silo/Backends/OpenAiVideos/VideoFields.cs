using System.Text.Json.Nodes;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.Models;

namespace VideoGen.Silo.Backends.OpenAiVideos;

/// <summary>The fields of a request but for the picture, as <c>/v1/videos</c> and the profile of the model name them.</summary>
internal static class VideoFields
{
    public static JsonObject Of(RenderRequest render, FrameSize frame, ModelProfile? profile)
    {
        var request = render.Request with { Seed = render.Request.Seed ?? VideoSeed.Of(render) };
        var fields = profile?.Parameters(request, frame) ?? [];
        if (render.Model is { } model)
        {
            // Only then: vLLM-Omni refuses another name than its own.
            fields.Insert(0, "model", model);
        }

        fields.Insert(0, "prompt", request.Prompt);
        return fields;
    }
}
