using System.Text.RegularExpressions;

namespace VideoGen.Silo.Backends.Wire;

/// <summary>
/// Half of a pair, such as <c>"\ud83d"</c>, is well-formed JSON (RFC 8259 §8.2), and throws wherever a name or a text is read. An
/// answer may have a paid job in it, so the half is replaced and the rest is kept.
/// </summary>
internal static partial class LoneSurrogates
{
    public static string Mend(string json) =>
        Escapes().Replace(json, escape => escape.Groups["lone"].Success ? @"\ufffd" : escape.Value);

    // Every escape is taken whole, so that the second half of \\ is not taken for the beginning of one.
    [GeneratedRegex(@"\\u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|(?<lone>\\u[dD][89a-fA-F]\w\w)|\\.",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Escapes();
}
