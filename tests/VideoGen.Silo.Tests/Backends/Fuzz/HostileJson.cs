using System.Globalization;
using System.Text;

namespace VideoGen.Silo.Tests.Backends.Fuzz;

/// <summary>
/// Writes JSON of no particular shape, in the names and words that the parsers look for; not all of it is well-formed.
/// </summary>
internal sealed class HostileJson(Random random)
{
    public string Value(int depth) => random.Next(depth > 0 ? 12 : 8) switch
    {
        < 4 => Pick(HostileWords.Texts),
        < 6 => Pick(HostileWords.Numbers),
        6 => Pick(HostileWords.Constants),
        7 => '"' + string.Concat(Enumerable.Repeat(Pick(HostileWords.Repeated), random.Next(1_000))) + '"',
        < 10 => Object(depth - 1),
        _ => '[' + string.Join(',', Enumerable.Range(0, random.Next(6)).Select(_ => Value(depth - 1))) + ']',
    };

    public string Object(int depth)
    {
        var text = new StringBuilder("{");
        for (var count = random.Next(9); count > 0; count--)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Pick(HostileWords.Names)}:{Value(depth)}{(count > 1 ? "," : "")}");
        }

        return text.Append('}').ToString();
    }

    private string Pick(string[] words) => words[random.Next(words.Length)];
}
