using System.Globalization;
using System.Text.Json;
using VideoGen.Fuzz.Tests.Contract;

namespace VideoGen.Fuzz.Tests.Cases;

/// <summary>JSON texts after a schema: right ones, those at its bounds, and wrong ones.</summary>
internal sealed class SchemaValues(Schemas schemas, Harvest harvest)
{
    private static readonly string[] Wrong =
    [
        "null", "true", "false", "[]", "{}", "[1]", "{\"a\":1}", "0", "-1", "5.5", "5.0", "5e0", "-0", "1e400", "-1e400",
            "1e-400",
        "2147483648", "4294967296", "9223372036854775808", "340282366920938463463374607431768211456", "0.1e1", "\"5\"", "\" 5 \"",
        "\"5.0\"", "\"\"", "\" \"", "\"\\ud800\"", "\"\\u0000\"", "\"\\udc00\\ud800\"", "768", "768.0", "\"768.0\"", "\"0768\"",
        "[[[[[[[[[[]]]]]]]]]]", "{\"a\":{\"a\":{\"a\":{}}}}",
    ];

    /// <summary>The fields of an object, as raw JSON; a name may come twice.</summary>
    public List<(string Name, string Json)> Object(JsonElement schema, Dice dice)
    {
        var resolved = schemas.Resolve(schema);
        var required = resolved.TryGetProperty("required", out var names)
            ? names.EnumerateArray().Select(name => name.GetString()).ToHashSet()
            : [];
        return [.. resolved.GetProperty("properties").EnumerateObject()
            .Where(property => required.Contains(property.Name) || dice.Chance(50))
            .Select(property => (property.Name, Right(property.Name, property.Value, dice)))];
    }

    /// <summary>A value that the schema allows, as JSON.</summary>
    public string Right(string name, JsonElement schema, Dice dice)
    {
        var resolved = Alternative(schemas.Resolve(schema), dice);
        if (resolved.TryGetProperty("enum", out var words))
        {
            return dice.Pick([.. words.EnumerateArray()]).GetRawText();
        }

        return TypeOf(resolved, dice) switch
        {
            "integer" or "number" => Number(resolved, dice),
            "boolean" => dice.Pick(["true", "false"]),
            "null" => "null",
            "array" => $"[{Right(name, resolved.GetProperty("items"), dice)}]",
            "object" => resolved.TryGetProperty("properties", out _) ? Write(Object(resolved, dice)) : "{}",
            _ => Texts.Json(Text(name, resolved, dice)),
        };
    }

    /// <summary>A value that is at a bound of the schema, past it, of another type, or just odd.</summary>
    public string Odd(JsonElement schema, Dice dice)
    {
        var resolved = Alternative(schemas.Resolve(schema), dice);
        return dice.Next(4) switch
        {
            0 when resolved.TryGetProperty("maximum", out var maximum) => dice.Pick([Plus(maximum, 1), Plus(maximum, 0)]),
            0 when resolved.TryGetProperty("maxLength", out var length) =>
                Texts.Json(Texts.Long(dice, dice.Pick([length.GetInt32(), length.GetInt32() + 1, 40_000]))),
            1 when resolved.TryGetProperty("minimum", out var minimum) => dice.Pick([Plus(minimum, -1), Plus(minimum, 0)]),
            2 => Texts.Json(Texts.Any(dice)),
            _ => dice.Pick(Wrong),
        };
    }

    public static string Write(IEnumerable<(string Name, string Json)> fields) =>
        $"{{{string.Join(',', fields.Select(field => $"{Texts.Json(field.Name)}:{field.Json}"))}}}";

    private string Text(string name, JsonElement schema, Dice dice)
    {
        if (harvest.Find(name, dice) is { } seen && dice.Chance(90))
        {
            return seen;
        }

        return schema.TryGetProperty("maxLength", out var length) && dice.Chance(5)
            ? Texts.Long(dice, length.GetInt32())
            : Texts.Plain(dice);
    }

    private JsonElement Alternative(JsonElement schema, Dice dice) =>
        schema.TryGetProperty("oneOf", out var forms) || schema.TryGetProperty("anyOf", out forms)
            ? Alternative(schemas.Resolve(dice.Pick([.. forms.EnumerateArray()])), dice)
            : schema;

    private static string? TypeOf(JsonElement schema, Dice dice) =>
        !schema.TryGetProperty("type", out var type) ? null
        : type.ValueKind is JsonValueKind.String ? type.GetString()
        : dice.Pick([.. type.EnumerateArray()]).GetString();

    private static string Number(JsonElement schema, Dice dice)
    {
        var from = schema.TryGetProperty("minimum", out var minimum) ? minimum.GetDouble() : 0;
        var to = schema.TryGetProperty("maximum", out var maximum) ? maximum.GetDouble() : 1000;
        var number = dice.Pick([from, to, from + Math.Floor((to - from) * dice.Next(100) / 100)]);
        return number.ToString("F0", CultureInfo.InvariantCulture);
    }

    private static string Plus(JsonElement bound, int more) =>
        (bound.GetDouble() + more).ToString("F0", CultureInfo.InvariantCulture);
}
