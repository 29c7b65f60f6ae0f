using System.Globalization;
using System.Text.RegularExpressions;

namespace VideoGen.FakeComfy.Nodes;

/// <summary>
/// Reads one line like <c>output SaveIt(images:IMAGE, fps:FLOAT=24[1..120], codec?:{vp9|av1}, model:@vae) -> VIDEO</c>. The
/// words <c>output</c>, <c>partner</c> and <c>newer</c> come first; <c>PICTURE</c> is an uploaded picture, and
/// <c>+{mp4|webm}</c> a list whose entries have inputs of their own.
/// </summary>
internal static partial class NodeDeclaration
{
    public static NodeClass Read(string line)
    {
        if (Line().Match(line) is not { Success: true } match)
        {
            throw new FormatException($"Not a declaration of a node class: {line}");
        }

        var words = match.Groups["words"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new(
            match.Groups["name"].Value,
            [.. Split(match.Groups["inputs"].Value).Select(ReadInput)],
            [.. Split(match.Groups["outputs"].Value)],
            words.Contains("output"),
            words.Contains("partner"),
            words.Contains("newer"),
            !match.Groups["inputs"].Success);
    }

    private static string[] Split(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static NodeInput ReadInput(string text)
    {
        if (Input().Match(text) is not { Success: true } match)
        {
            throw new FormatException($"Not a declaration of an input: {text}");
        }

        var kind = match.Groups["dynamic"].Success ? InputKind.DynamicChoice
            : match.Groups["choices"].Success ? InputKind.Choice
            : match.Groups["folder"].Success ? InputKind.ModelFile
            : match.Groups["type"].Value == "PICTURE" ? InputKind.Picture
            : InputKind.Typed;
        return new(
            match.Groups["name"].Value,
            !match.Groups["optional"].Success,
            kind,
            kind == InputKind.ModelFile ? match.Groups["folder"].Value : match.Groups["type"].Value,
            [.. match.Groups["choices"].Value.Split('|', StringSplitOptions.RemoveEmptyEntries)],
            match.Groups["default"] is { Success: true, Value: var value } ? value : null,
            Number(match.Groups["min"]),
            Number(match.Groups["max"]));
    }

    private static double? Number(Group group) =>
        group.Success ? double.Parse(group.Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^\s*(?<words>(?:(?:output|partner|newer)\s+)*)(?<name>[^\s(]+)\s*"
        + @"(?:\((?<inputs>.*)\))?\s*(?:->\s*(?<outputs>.*))?$")]
    private static partial Regex Line();

    [GeneratedRegex(@"^(?<name>\w+)(?<optional>\?)?:(?:(?<dynamic>\+)?\{(?<choices>[^}]*)\}|@(?<folder>\w+)|(?<type>[\w/*]+))"
        + @"(?:=(?<default>[^\[]*))?(?:\[(?<min>-?[\d.]+?)\.\.(?<max>[\d.]+)\])?$")]
    private static partial Regex Input();
}
