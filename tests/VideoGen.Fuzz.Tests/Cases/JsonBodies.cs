using System.Text;
using System.Text.Json;
using VideoGen.Fuzz.Tests.Contract;

namespace VideoGen.Fuzz.Tests.Cases;

/// <summary>JSON bodies: right, wrong in a field, wrong as JSON, and no JSON.</summary>
internal sealed class JsonBodies(Schemas schemas, SchemaValues values)
{
    private static readonly string?[] Types =
    [
        null, "text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16",
            "application/json; charset=\"x\"",
        "APPLICATION/JSON;charset=UTF-8", "application/problem+json", "application/xml", "multipart/form-data; boundary=x", "*/*",
            "a",
        "application/json; charset=utf-8; charset=utf-7", "application/json;", "/", ";;;",
    ];

    private static readonly Encoding[] Encodings = [Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, Encoding.Latin1];

    public static string? OddType(Dice dice) => dice.Pick(Types);

    public Case Add(Case request, JsonElement schema, Dice dice)
    {
        var fields = values.Object(schema, dice);
        if (dice.Chance(60))
        {
            for (var changes = dice.Between(1, 2); changes > 0; changes--)
            {
                Change(fields, schemas.Resolve(schema), dice);
            }
        }

        var body = dice.Chance(20) ? Broken(SchemaValues.Write(fields), dice)
            : Encoding.UTF8.GetBytes(SchemaValues.Write(fields));
        return request with
        {
            Body = body,
            ContentType = dice.Chance(80) ? "application/json" : OddType(dice),
            IsChunked = dice.Chance(20),
            IsCrude = request.IsCrude || body.Length > 512 * 1024,
            Forbidden = request.Forbidden ?? LenientReading.WhyForbidden(body, schema, schemas),
        };
    }

    private void Change(List<(string Name, string Json)> fields, JsonElement schema, Dice dice)
    {
        var properties = schema.GetProperty("properties").EnumerateObject().ToArray();
        var property = dice.Pick(properties);
        var at = fields.FindIndex(field => field.Name == property.Name);
        switch (dice.Next(6))
        {
            case 0 when at >= 0:
                fields.RemoveAt(at);
                break;
            case 1:
                fields.Add((property.Name, values.Odd(property.Value, dice)));    // a second one of this name, or the first
                break;
            case 2:
                fields.Insert(dice.Next(fields.Count + 1), (Texts.Any(dice), values.Odd(property.Value, dice)));
                break;
            case 3 when at >= 0:
                fields[at] = (dice.Pick([property.Name.ToUpperInvariant(), property.Name + " ", property.Name + "\0"]),
                fields[at].Json);
                break;
            default:
                if (at >= 0)
                {
                    fields[at] = (property.Name, values.Odd(property.Value, dice));
                }

                break;
        }
    }

    private static byte[] Broken(string json, Dice dice) => dice.Next(14) switch
    {
        0 => Encoding.UTF8.GetBytes(json[..dice.Next(json.Length)]),
        1 => [],
        2 => dice.Bytes(dice.Between(1, 2000)),
        3 => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(json)],
        4 => Flip(Encoding.UTF8.GetBytes(json), dice),
        5 => dice.Pick(Encodings).GetBytes(json),
        6 => Encoding.UTF8.GetBytes(
            dice.Pick(["[" + json + "]", json + json, json + " x", "null", "1", "\"a\"", "[]", "{}", "// a\n" + json])),
        7 => Encoding.UTF8.GetBytes(json[..^1]
            + dice.Pick([",}", ",\"a\":}", ",\"a\":NaN}", ",'a':1}", ",\"a\":01}", ",\"a\":1e}", ",\"a\"}"])),
        8 => Encoding.UTF8.GetBytes(Deep(dice.Pick([63, 64, 65, 1000, 30_000]), json)),
        9 => Encoding.UTF8.GetBytes($"{json[..^1]},\"x\":{new string('9', dice.Pick([400, 10_000, 60_000]))}}}"),
        10 => Encoding.UTF8.GetBytes(json + new string(' ', dice.Pick([100, 65_000, 65_536, 70_000, 1_000_000]))),
        11 => [.. Encoding.UTF8.GetBytes(json[..^1]), .. ",\"x\":\""u8, 0xC3, 0x28, 0xFF, 0x80, .. "\"}"u8],
        12 => Encoding.UTF8.GetBytes($"{json[..^1]},\"x\":\"{new string('a', dice.Pick([1000, 60_000, 66_000]))}\"}}"),
        _ => Encoding.UTF8.GetBytes("a=b&c=" + Uri.EscapeDataString(json)),
    };

    private static string Deep(int levels, string json) =>
        $"{json[..^1]},\"x\":{new string('[', levels)}{new string(']', levels)}}}";

    private static byte[] Flip(byte[] bytes, Dice dice)
    {
        for (var flips = dice.Between(1, 4); flips > 0; flips--)
        {
            bytes[dice.Next(bytes.Length)] ^= (byte)(1 << dice.Next(8));
        }

        return bytes;
    }
}
