using ModelContextProtocol.Protocol;
using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Api.Storyboards;

namespace VideoGen.Api.Mcp;

/// <summary>Reads a storyboard.</summary>
internal sealed class GetStoryboardTool(IGrainFactory grains, MediaLinks links) : VideoTool
{
    public override Tool Description { get; } = new()
    {
        Name = "get_storyboard",
        Title = "Get a storyboard",
        Description = "Returns the state of a storyboard and of its shots, and where the joined video is once it is completed. "
            + "Costs nothing.",
        InputSchema = Schema("""
            {"type":"object","required":["id"],"additionalProperties":false,"properties":{
            "id":{"type":"string","description":"The id that create_storyboard returned."}}}
            """),
        Annotations = new() { ReadOnlyHint = true, OpenWorldHint = false },
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var id = call.Id(errors);
        return errors.Any ? ToolAnswer.Of(Problem.Invalid(errors), call.Http.Response)
            : await OwnStoryboard.FindAsync(call.Http, grains, id) is { } own
            ? McpStoryboard.Answer(own.Found, links, call.Http.Request)
            : ToolAnswer.Of(StoryboardProblem.NotFound(), call.Http.Response);
    }
}
