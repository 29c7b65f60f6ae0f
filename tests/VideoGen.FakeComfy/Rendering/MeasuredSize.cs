using VideoGen.FakeComfy.Graphs;

namespace VideoGen.FakeComfy.Rendering;

/// <summary>A side that a node gets from <c>GetImageSize</c>, which measures a picture that was scaled before.</summary>
internal static class MeasuredSize
{
    public static double? Of(Graph graph, GraphNode node, string side) =>
        Source(graph, node, side) is { Class: "GetImageSize" } measure ? OfPicture(graph, measure, side) : null;

    private static double? OfPicture(Graph graph, GraphNode node, string side) => Source(graph, node, "image") switch
    {
        { Class: "ImageScale" } scale => graph.Number(scale, side),
        { Class: "ImageScaleBy" } scale => OfPicture(graph, scale, side) * graph.Number(scale, "scale_by"),
        _ => null,
    };

    private static GraphNode? Source(Graph graph, GraphNode node, string input) =>
        node.Input(input) is { } link && Graph.IsLink(link, out var id, out _) ? graph.Find(id) : null;
}
