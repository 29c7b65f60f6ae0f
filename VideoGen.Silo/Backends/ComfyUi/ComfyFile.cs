using System.Text.Json;
using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.ComfyUi;

/// <summary>A file in a folder of the server, as its outputs name it.</summary>
internal sealed record ComfyFile(string Name, string Subfolder, string Type, string? Node = null)
{
    private const string Output = "output";

    private static readonly string[] Videos = [".mp4", ".webm", ".mov", ".mkv", ".gif", ".webp"];

    /// <summary>What the nodes that save videos append to the prefix, in the core and in VideoHelperSuite.</summary>
    private static readonly string[] Endings =
        ["_00001_.mp4", "_00001_.webm", "_00001-audio.mp4", "_00001.mp4", "_00001.webm", "_00001_.webp"];

    public string Path =>
        $"/view?filename={Uri.EscapeDataString(Name)}&subfolder={Uri.EscapeDataString(Subfolder)}&type={Type}";

    private bool IsVideo => Videos.Contains(System.IO.Path.GetExtension(Name), StringComparer.OrdinalIgnoreCase);

    /// <summary>A job, and the prefix of its files: the server may have chosen another id than ours.</summary>
    public static RenderJob JobOf(string id, string submitId) => new(id, ResultPath: PrefixOf(submitId));

    public static string SubmitIdOf(RenderJob job) => job.ResultPath?[(ComfyCalls.Folder.Length + 1)..] ?? job.Id;

    /// <summary>The prefix of the files of one submit, which is unique.</summary>
    public static string PrefixOf(string submitId) => $"{ComfyCalls.Folder}/{submitId}";

    /// <summary>The files that a submit may have left, the likeliest first.</summary>
    public static IEnumerable<ComfyFile> Of(string submitId) =>
        Endings.Select(ending => new ComfyFile(submitId + ending, ComfyCalls.Folder, Output));

    /// <summary>
    /// The video among the outputs of a job: a map from node to lists of files, under <c>images</c> (core), <c>gifs</c>
    /// (VideoHelperSuite) or other names. A file with our prefix comes first, then one that is kept, and of several the last,
    /// because a node may save one without and one with sound.
    /// </summary>
    public static ComfyFile? VideoIn(JsonElement outputs, string? submitId) => All(outputs)
        .Where(file => file.IsVideo)
        .OrderBy(file => submitId is not null && file.Name.StartsWith(submitId, StringComparison.Ordinal))
        .ThenBy(file => file.Type == Output)
        .LastOrDefault();

    private static IEnumerable<ComfyFile> All(JsonElement outputs) =>
        from node in Members(outputs)
        from list in Members(node.Value)
        where list.Value.ValueKind is JsonValueKind.Array
        from item in list.Value.EnumerateArray()
        where item.Text("filename") is not null
        select new ComfyFile(item.Text("filename")!, item.Text("subfolder") ?? "", item.Text("type") ?? Output, node.Name);

    private static JsonProperty[] Members(JsonElement json) =>
        json.ValueKind is JsonValueKind.Object ? [.. json.EnumerateObject()] : [];
}
