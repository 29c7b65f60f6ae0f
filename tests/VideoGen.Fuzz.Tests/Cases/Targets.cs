using System.Globalization;
using System.Text.Json;
using VideoGen.Fuzz.Tests.Contract;

namespace VideoGen.Fuzz.Tests.Cases;

/// <summary>Paths and queries: of the document's operations, under both prefixes, and of nothing at all.</summary>
internal sealed class Targets(Schemas schemas, Harvest harvest)
{
    public static readonly HttpMethod[] Methods =
    [
        HttpMethod.Get, HttpMethod.Get, HttpMethod.Head, HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete,
        HttpMethod.Options, HttpMethod.Trace, new("PROPFIND"), new("X"),
    ];

    private static readonly string[] Strange =
    [
        "/", "//", "/..", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/uploads/..%2f..%2fetc%2fpasswd", "/uploads/",
            "/videos/",
        "/uploads/%00", "/uploads/a%00.jpg", "/videos/%c0%ae%c0%ae/", "/%", "/%zz", "/%u0041", "/api", "/api/", "/api/api/health",
        "/API/health", "/Health", "/health/", "/health;a=b", "/health%20", "/generation", "/generation/", "/generation//log",
        "/generations/1", "/docs", "/docs/", "/docs/x", "/openapi.json", "/openapi.json?x=%ff", "/dashboard", "/operator",
        "/alive", "/ready", "/index.html", "/app.js", "/favicon.ico", "/.env", "/.git/config", "/appsettings.json", "/VideoGen.Api.dll", "/data",
        "/\u00e9", "/%F0%9F%A6%8A", "/%ED%A0%80", "/*", "/?", "/?a", "/health?" , "/health#f", "/health?a=%00", "/a b", "/\\",
            "/%5c..%5c",
    ];

    /// <summary>A request for this operation, without a body yet.</summary>
    public Case For(Operation operation, Dice dice)
    {
        var target = operation.HasAlias && dice.Chance(50) ? "/api" + operation.Path : operation.Path;
        var isPlain = true;
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.In == "path"))
        {
            var value = PathValue(parameter.Name, dice);
            isPlain &= value is not ("" or "." or "..") && !value.Contains('\0');
            target = target.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(value));
        }

        var (query, forbidden) = Query(operation, dice);
        return new Case(operation.Method, target + query)
        {
            Operation = isPlain ? operation : null,
            Forbidden = forbidden,
            IsCrude = !isPlain || target.Length + query.Length > 4000,
        };
    }

    /// <summary>An address that is no operation, or hardly one.</summary>
    public static string Odd(Dice dice) => dice.Next(10) switch
    {
        < 7 => dice.Pick(Strange),
        < 9 => "/" + Uri.EscapeDataString(Texts.Any(dice)),
        _ => "/" + new string('a', dice.Pick([2000, 8000, 9000, 40_000])),
    };

    private string PathValue(string name, Dice dice) => dice.Next(20) switch
    {
        < 15 => harvest.Find(name, dice) ?? harvest.Find("id", dice) ?? "1",
        < 17 => Guid.Parse(dice.Next(int.MaxValue).ToString("x32", CultureInfo.InvariantCulture))
            .ToString(dice.Pick(["D", "N", "B", "P"])),
        _ => Texts.Any(dice),
    };

    private (string Query, string? Forbidden) Query(Operation operation, Dice dice)
    {
        List<string> parts = [];
        string? forbidden = null;
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.In == "query" && dice.Chance(40)))
        {
            var value = dice.Chance(50) ? harvest.Find(parameter.Name, dice) ?? Number(dice) : dice.Chance(50) ? Number(dice)
                : Texts.Any(dice);
            parts.Add($"{parameter.Name}={Uri.EscapeDataString(value)}");
            forbidden ??= Allows(parameter.Schema, value) ? null : $"{parameter.Name}={value}";
        }

        if (dice.Chance(10))
        {
            parts.Insert(dice.Next(parts.Count + 1),
                dice.Pick(["", "=", "a", "a=b&a=c", "%00=%00", "%zz=%", "a[]=1", "%C3%A9=%FF"]));
        }

        return (parts.Count == 0 ? "" : "?" + string.Join('&', parts), forbidden);
    }

    private static string Number(Dice dice) => dice.Pick(["1", "2", "10", "99", "100", "101", "0", "-1", "1e1", "2147483648"]);

    /// <summary>Only numbers are judged: any text is a text.</summary>
    private bool Allows(JsonElement schema, string value)
    {
        if (!schemas.Resolve(schema).TryGetProperty("type", out var type) || type.ToString() != "integer")
        {
            return true;
        }

        return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && schemas.Allows(schema, JsonSerializer.SerializeToElement(number));
    }
}
