using ModelContextProtocol.Protocol;
using VideoGen.Api.Authentication;
using VideoGen.Api.Generations;
using VideoGen.Api.Http;

namespace VideoGen.Api.Mcp;

/// <summary>Reads a video.</summary>
internal sealed class GetVideoTool(IGrainFactory grains, MediaLinks links) : VideoTool
{
    public override Tool Description { get; } = new()
    {
        Name = "get_video",
        Title = "Get a video",
        Description = "Returns the state of a video, and where it is once it is completed. Costs nothing.",
        InputSchema = Schema("""
            {"type":"object","required":["id"],"additionalProperties":false,"properties":{
            "id":{"type":"string","description":"The id that generate_video returned."}}}
            """),
        Annotations = new() { ReadOnlyHint = true, OpenWorldHint = false },
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var id = call.Id(errors);
        return errors.Any ? ToolAnswer.Of(Problem.Invalid(errors), call.Http.Response)
            : await OwnGeneration.FindAsync(call.Http, grains, id) is { } own
            ? ToolAnswer.Of(McpVideo.From(own.Found, links, call.Http.Request))
            : ToolAnswer.Of(Problem.GenerationNotFound(), call.Http.Response);
    }
}
