using System.Text.RegularExpressions;

namespace VideoGen.Silo.Backends.Wire;

/// <summary>
/// Half a surrogate pair, such as <c>"\ud83d"</c>, is well-formed JSON (RFC 8259 §8.2), but reading such a name or string throws.
/// The response may name a paid job, so the half is replaced and the rest is kept.
/// </summary>
internal static partial class LoneSurrogates
{
    public static string Mend(string json) =>
        Escapes().Replace(json, escape => escape.Groups["lone"].Success ? @"\ufffd" : escape.Value);

    // Every escape is matched as a whole, so that the second half of \\ is not mistaken for the start of one.
    [GeneratedRegex(@"\\u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|(?<lone>\\u[dD][89a-fA-F]\w\w)|\\.",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Escapes();
}
