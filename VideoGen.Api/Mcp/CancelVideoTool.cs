using ModelContextProtocol.Protocol;
using VideoGen.Api.Authentication;
using VideoGen.Api.Generations;
using VideoGen.Api.Http;

namespace VideoGen.Api.Mcp;

/// <summary>Cancels a video.</summary>
internal sealed class CancelVideoTool(IGrainFactory grains, MediaLinks links) : VideoTool
{
    public override Tool Description { get; } = new()
    {
        Name = "cancel_video",
        Title = "Cancel a video",
        Description = "Cancels a video that is not finished. Costs nothing, but what the provider has rendered so far may be "
            + "charged, and it is not rendered further.",
        InputSchema = Schema("""
            {"type":"object","required":["id"],"additionalProperties":false,"properties":{
            "id":{"type":"string","description":"The id that generate_video returned."}}}
            """),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = true, IdempotentHint = true, OpenWorldHint = true },
    };

    public override string Act => "cancel";

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var id = call.Id(errors);
        if (errors.Any)
        {
            return ToolAnswer.Of(Problem.Invalid(errors), call.Http.Response);
        }

        var (generation, problem) = await SteeringEndpoints.CancelAsync(call.Http, grains, id);
        return generation is null
            ? ToolAnswer.Of(problem!, call.Http.Response)
            : ToolAnswer.Of(McpVideo.From(generation, links, call.Http.Request));
    }
}
