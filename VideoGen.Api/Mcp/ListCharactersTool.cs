using ModelContextProtocol.Protocol;
using VideoGen.Api.Http;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Characters;

namespace VideoGen.Api.Mcp;

/// <summary>Lists the caller's characters.</summary>
internal sealed class ListCharactersTool(IGrainFactory grains) : VideoTool
{
    public override Tool Description { get; } = new()
    {
        Name = "list_characters",
        Title = "List characters",
        Description = "Lists characters, newest first. Pass an id to generate_video or create_storyboard, so that several videos "
            + "show the same character. Costs nothing.",
        InputSchema = Schema("""
            {"type":"object","additionalProperties":false,"properties":{
            "limit":{"type":"integer","minimum":1,"maximum":100,"default":10,"description":"How many at most."},
            "cursor":{"type":"string","description":"The next_cursor of the page before."}}}
            """),
        Annotations = new() { ReadOnlyHint = true, OpenWorldHint = false },
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = PageQuery.Read(call.Text("limit", errors), call.Text("cursor", errors), errors);
        if (errors.Any)
        {
            return ToolAnswer.Of(Problem.Invalid(errors), call.Http.Response);
        }

        var page = await grains.Grain<ICharacterPageGrain>(ICharacterPageGrain.Key)
            .ReadAsync(call.Owner, query.Before, query.Limit);
        return ToolAnswer.Of(
            new McpCharacterList(
                [.. page.Characters.Select(one => new McpCharacter(one.Id, one.Name, one.Description, one.Pictures.Length))],
                page.Next is { } next ? PageCursor.For(next) : null),
            McpJson.Readable.McpCharacterList);
    }
}

/// <summary>A page of characters.</summary>
internal sealed record McpCharacterList(IReadOnlyList<McpCharacter> Characters, string? NextCursor);

/// <summary>A character.</summary>
internal sealed record McpCharacter(string Id, string Name, string Description, int Pictures);
