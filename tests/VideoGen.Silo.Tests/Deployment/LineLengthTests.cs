using System.Text.RegularExpressions;

namespace VideoGen.Silo.Tests.Deployment;

/// <summary>Lines end at 130 columns, but for strings that are data and would not be clearer in parts.</summary>
public sealed partial class LineLengthTests
{
    private const int Most = 130;

    [Fact]
    public void No_line_is_longer_than_130_columns()
    {
        string[] tooLong = [.. Directory.EnumerateFiles(Repository.PathOf("."), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Generated().IsMatch(file))
            .SelectMany(file => File.ReadLines(file).Select((line, index) => (Line: line, Place: $"{file}:{index + 1}")))
            .Where(one => one.Line.EnumerateRunes().Count() > Most && !LongString().IsMatch(one.Line))
            .Select(one => one.Place)];

        Assert.True(tooLong.Length == 0, string.Join('\n', tooLong));
    }

    [GeneratedRegex("[/\\\\](bin|obj|node_modules)[/\\\\]")]
    private static partial Regex Generated();

    [GeneratedRegex("\"(\\\\.|[^\"\\\\]){60,}\"|\"\"\"|^\\s*[{]?\"")]
    private static partial Regex LongString();
}
