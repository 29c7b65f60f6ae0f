using System.Globalization;
using System.Text;

namespace VideoGen.Fuzz.Tests.Cases;

/// <summary>
/// Texts that programs stumble over. None is an address of another machine: the product may follow what it is given.
/// </summary>
internal static class Texts
{
    private static readonly string[] Odd =
    [
        "", " ", "\t\r\n", "\0", "a\0b", "\u0001\u001F\u007F\u0085", "\uFEFF", "\u200B\u200D", "\u2028\u2029", "\uFFFE\uFFFF",
        "\uD800", "\uDC00\uD800", "a\uDFFFb", "\U0001F98A waves \U0001F469\u200D\U0001F469\u200D\U0001F467",
        "\U0010FFFF", "\u202Egnirts", "\u0645\u0631\u062D\u0628\u0627 \u05E9\u05DC\u05D5\u05DD", "e\u0301\u0301\u0301",
        "Z\u0351\u036B\u0343a\u0321l\u0334g\u033Bo", "\uFDFA", "\u0130\u0131\u00DF\u1E9E", "\uFF15", "\u0663", "\u00BD",
        "0", "-1", "+5", "5.0", "5e0", "1e400", "-0", "0x10", "010", "1_000", "NaN", "Infinity", "null", "true", "[]", "{}",
        "9223372036854775808", "4294967296", "2147483648", "99999999999999999999999999",
        "' OR 1=1 --", "<script>alert(1)</script>", "{{7*7}}", "${jndi:ldap://127.0.0.1/a}", "%s%n%x", "%00", "%2e%2e%2f", "..",
        "../../etc/passwd", "/etc/passwd", "C:\\windows", "\\\\.\\pipe", "file:///etc/passwd", "http://127.0.0.1:9/",
        "\r\nX-Injected: yes", "a;b,c=d", "\"quoted\"", "'", "`", "\\", "*", "?", "#", "&", "=", ";", ",", "con", "nul",
    ];

    private static readonly string[] Pieces =
        ["a", " ", "\u00E9", "e\u0301", "\U0001F98A", "\uFDFA", "\u202E", "fox ", "\n", "\0"];

    public static string Any(Dice dice) => dice.Next(10) switch
    {
        < 7 => dice.Pick(Odd),
        < 9 => Mixed(dice, dice.Between(1, 300)),
        _ => Long(dice, dice.Pick([255, 256, 257, 1000, 1001, 2000, 2001, 5000])),
    };

    /// <summary>So many characters as JSON Schema counts them: code points.</summary>
    public static string Long(Dice dice, int characters)
    {
        var piece = dice.Pick(["a", "\u00E9", "\U0001F98A", "\uFDFA"]);
        return string.Concat(Enumerable.Repeat(piece, characters));
    }

    /// <summary>A text that a person could have written.</summary>
    public static string Plain(Dice dice) =>
        dice.Pick(["A fox waves.", "Er l\u00E4chelt.", "\u5979\u7B11\u4E86", "\u0645\u0631\u062D\u0628\u0627",
        "\U0001F98A dances", "x"]);

    /// <summary>As a JSON string; what cannot be written as UTF-8 is escaped.</summary>
    public static string Json(string text)
    {
        var json = new StringBuilder("\"");
        for (var at = 0; at < text.Length; at++)
        {
            var isPair = char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
            if (isPair)
            {
                json.Append(text, at++, 2);
            }
            else if (text[at] is < ' ' or '"' or '\\' || char.IsSurrogate(text[at]))
            {
                json.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[at]:x4}");
            }
            else
            {
                json.Append(text[at]);
            }
        }

        return json.Append('"').ToString();
    }

    private static string Mixed(Dice dice, int pieces) =>
        string.Concat(Enumerable.Range(0, pieces).Select(_ => dice.Pick(Pieces)));
}
