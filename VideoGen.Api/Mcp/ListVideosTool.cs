using ModelContextProtocol.Protocol;
using VideoGen.Api.Authentication;
using VideoGen.Api.Generations;
using VideoGen.Api.Http;

namespace VideoGen.Api.Mcp;

/// <summary>Lists the owner's videos.</summary>
internal sealed class ListVideosTool(IGrainFactory grains, MediaLinks links) : VideoTool
{
    public override Tool Description { get; } = new()
    {
        Name = "list_videos",
        Title = "List videos",
        Description = "Lists the videos that were created, newest first, also those of earlier conversations. Costs nothing.",
        InputSchema = Schema("""
            {"type":"object","additionalProperties":false,"properties":{
            "limit":{"type":"integer","minimum":1,"maximum":100,"default":10},
            "cursor":{"type":"string","description":"next_cursor of the page before."},
            "status":{"type":"string","description":"Only these statuses, separated by commas: pending, processing, completed, failed, canceled, expired."}}}
            """),
        Annotations = new() { ReadOnlyHint = true, OpenWorldHint = false },
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = GenerationListQuery.Read(
            call.Text("limit", errors), call.Text("cursor", errors), call.Text("status", errors), errors);
        if (errors.Any)
        {
            return ToolAnswer.Of(Problem.Invalid(errors), call.Http.Response);
        }

        var page = await GenerationList.ReadAsync(grains, call.Owner, query, links);
        var list = new McpVideoList(
            [.. page.Items.Select(item => McpVideo.From(item, call.Http.Request))],
            page.Next is { } next ? PageCursor.For(next) : null);
        return ToolAnswer.Of(list, McpJson.Readable.McpVideoList);
    }
}
