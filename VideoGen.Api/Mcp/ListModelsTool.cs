using ModelContextProtocol.Protocol;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;

namespace VideoGen.Api.Mcp;

/// <summary>Lists the models.</summary>
internal sealed class ListModelsTool(IGrainFactory grains) : VideoTool
{
    public override Tool Description { get; } = new()
    {
        Name = "list_models",
        Title = "List models",
        Description = "Lists the models that generate_video can use. Costs nothing. Every model makes every length, quality and "
            + "aspect ratio; those marked as native are rendered without a change.",
        InputSchema = Schema("""{"type":"object","properties":{},"additionalProperties":false}"""),
        Annotations = new() { ReadOnlyHint = true, OpenWorldHint = false },
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var models = await grains.Grain<IUpstreamsGrain>(IUpstreamsGrain.Key).GetModelsAsync();
        return ToolAnswer.Of(new McpModelList([.. models.Select(McpModel.From)]), McpJson.Readable.McpModelList);
    }
}

/// <summary>All models.</summary>
internal sealed record McpModelList(IReadOnlyList<McpModel> Models);

/// <summary>A model. What it takes is left out while that is not known.</summary>
internal sealed record McpModel(
    string Id, string Title, bool Default, bool Preview, bool Available, string? Problem, IReadOnlyList<int>? NativeSeconds,
    IReadOnlyList<string>? NativeAspectRatios, bool? ReadsPrompt)
{
    public static McpModel From(OfferedModel model) => new(
        model.Id, model.Title, model.IsDefault, model.IsPreview, model.Problem is null, model.Problem, model.Traits?.Seconds,
        model.Traits?.Shapes, model.Traits?.Script);
}
