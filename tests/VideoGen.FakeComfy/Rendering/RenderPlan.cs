using System.Text.Json;
using VideoGen.FakeComfy.Files;
using VideoGen.FakeComfy.Graphs;

namespace VideoGen.FakeComfy.Rendering;

/// <summary>A node that saves, and how; <paramref name="Extension"/> is that of its file.</summary>
internal sealed record SaveStep(string NodeId, string Class, string Prefix, string Extension, string Type);

/// <summary>The video that a graph asks for, and the picture that it starts from.</summary>
internal sealed record RenderPlan(
    string? Picture, int Width, int Height, int Frames, double Rate, bool HasSound, int Steps, IReadOnlyList<SaveStep> Saves)
{
    private const int Largest = 2048;
    private const int MostFrames = 2_000;

    public static RenderPlan From(Graph graph, IReadOnlyList<GraphNode> nodes, IReadOnlyList<string> outputs, ComfyFiles files)
    {
        var ask = new Asked(graph, nodes);
        var enlarged = Math.Pow(2, nodes.Count(node => node.Class == "LTXVLatentUpsampler"));
        var rate = ask.First("fps", "CreateVideo") ?? ask.First("frame_rate", "VHS_VideoCombine") ?? ask.First("fps", "SaveWEBM")
            ?? ask.First("frame_rate") ?? ask.First("fps") ?? 24;
        var frames = ask.First("length") ?? ask.First("num_frames") ?? ask.First("video_frames") ?? ask.First("frames_number")
            ?? ask.First("duration") * rate ?? ask.Largest("batch_size");
        return new(
            nodes.Where(node => node.Class == "LoadImage")
                .Select(node => files.FindInput(graph.Value(node, "image")?.ToString() ?? ""))
                .FirstOrDefault(path => path is not null),
            Even(ask.Size("width") * enlarged ?? 832),
            Even(ask.Size("height") * enlarged ?? 480),
            (int)Math.Clamp(frames ?? 49, 1, MostFrames),
            Math.Clamp(rate, 1, 120),
            nodes.Any(node => node.Input("audio") is { } audio && Graph.IsLink(audio, out _, out _)),
            (int)Math.Clamp(ask.First("steps") ?? 20, 1, 1_000),
            [.. outputs.Select(graph.Find).OfType<GraphNode>().Select(node => Save(graph, node))]);
    }

    private static SaveStep Save(Graph graph, GraphNode node)
    {
        var format = graph.Value(node, "format")?.ToString() ?? "";
        var extension = node.Class switch
        {
            "SaveWEBM" => "webm",
            "SaveImage" or "PreviewImage" => "png",
            "VHS_VideoCombine" when format.StartsWith("image/", StringComparison.Ordinal) => format["image/".Length..],
            _ => format switch { "webm" or "video/webm" => "webm", "mkv" => "mkv", _ => "mp4" },
        };
        var kept = node.Class != "PreviewImage" && graph.Value(node, "save_output")?.ValueKind != JsonValueKind.False;
        var prefix = graph.Value(node, "filename_prefix")?.ToString() ?? (kept ? "ComfyUI" : "ComfyUI_temp");
        return new(node.Id, node.Class!, prefix, extension, kept ? "output" : "temp");
    }

    // Encoders want even sizes.
    private static int Even(double length) => (int)Math.Clamp(length, 16, Largest) / 2 * 2;

    private sealed class Asked(Graph graph, IReadOnlyList<GraphNode> nodes)
    {
        public double? First(string input, string? nodeClass = null) => nodes
            .Where(node => nodeClass is null || node.Class == nodeClass)
            .Select(node => graph.Number(node, input))
            .FirstOrDefault(value => value is not null);

        public double? Largest(string input) => nodes.Max(node => graph.Number(node, input)) is > 1 and var count ? count : null;

        /// <summary>A size beside a number of frames, else the last that a picture is scaled to.</summary>
        public double? Size(string input) => nodes
            .Where(node => (node.Input("length") ?? node.Input("video_frames") ?? node.Input("num_frames")) is not null)
            .Select(node => graph.Number(node, input) ?? MeasuredSize.Of(graph, node, input))
            .FirstOrDefault(value => value is not null)
            ?? nodes.Select(node => graph.Number(node, input)).LastOrDefault(value => value is not null);
    }
}
