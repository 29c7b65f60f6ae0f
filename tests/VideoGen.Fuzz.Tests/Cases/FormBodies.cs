using System.Text;
using System.Text.Json;

namespace VideoGen.Fuzz.Tests.Cases;

/// <summary>Multipart forms: right, with a file that is no picture, broken, and none.</summary>
internal static class FormBodies
{
    private const int HugeFile = 11 * 1024 * 1024;    // more than the 10 MB that are taken by default

    private static readonly byte[] Picture =
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Samples", "character.jpg"));

    private static readonly string[] Heads =
    [
        "\xFF\xD8\xFF\xE0", "\x89PNG\r\n\x1A\n", "GIF89a", "RIFF\0\0\0\0WEBPVP8 ", "\0\0\0 ftypavif", "<svg xmlns=\"a\"/>",
            "<html>",
        "%PDF-1.7", "PK\x03\x04", "MZ", "", "BM", "II*\0", "#!/bin/sh\n", "%!PS", "P6\n1 1\n255\n",
    ];

    public static Case Add(Case request, JsonElement schema, Dice dice)
    {
        var field = schema.GetProperty("properties").EnumerateObject().First().Name;
        var boundary = dice.Pick(["b", "----WebKitFormBoundary7MA4YWxkTrZu0gW", "a'b()+_,-./:=?", new string('x', 70),
            new string('x', 300)]);
        var (file, noFile) = dice.Chance(45) ? (Picture, null) : NoPicture(dice);
        var name = dice.Chance(85) ? field : dice.Pick(["", "x", field.ToUpperInvariant(), field + " ", "a\"b", Texts.Any(dice)]);
        var body = Form(boundary, name, file, dice);
        var isBroken = dice.Chance(25);
        var type = dice.Chance(85) ? $"multipart/form-data; boundary=\"{boundary}\"" : JsonBodies.OddType(dice);
        return request with
        {
            Body = isBroken ? Broken(body, dice) : body,
            ContentType = type,
            IsChunked = dice.Chance(20),
            IsCrude = request.IsCrude || body.Length > 512 * 1024,
            Forbidden = request.Forbidden ?? noFile ?? (name == field ? null : "no such field")
                ?? (type?.StartsWith("multipart/form-data", StringComparison.Ordinal) is true ? null : "no form"),
        };
    }

    private static (byte[] File, string Why) NoPicture(Dice dice)
    {
        var size = dice.Chance(1) ? HugeFile : dice.Pick([0, 1, 100, 5000, 100_000]);
        return ([.. Encoding.Latin1.GetBytes(dice.Pick(Heads)), .. dice.Bytes(size)], "no picture");
    }

    private static byte[] Form(string boundary, string name, byte[] file, Dice dice)
    {
        var line = dice.Chance(97) ? "\r\n" : "\n";
        var head = new StringBuilder();
        for (var others = dice.Chance(15) ? dice.Pick([1, 3, 500]) : 0; others > 0; others--)
        {
            head.Append($"--{boundary}{line}Content-Disposition: form-data; name=\"other\"{line}{line}value{line}");
        }

        head.Append($"--{boundary}{line}Content-Disposition: form-data; name=\"{name}\"");
        head.Append(dice.Chance(80) ? $"; filename=\"{FileName(dice)}\"" : "");
        head.Append(dice.Chance(80) ? $"{line}Content-Type: {dice.Pick(["image/jpeg", "image/svg+xml", "text/html", "x", ""])}"
            : "");
        head.Append(dice.Chance(5) ? $"{line}X-Long: {new string('h', dice.Pick([1000, 20_000, 70_000]))}" : "");
        head.Append(line + line);
        return [.. Encoding.UTF8.GetBytes(head.ToString()), .. file, .. Encoding.UTF8.GetBytes($"{line}--{boundary}--{line}")];
    }

    private static string FileName(Dice dice) => dice.Chance(60) ? "me.jpg" : dice.Pick(
        ["../../etc/passwd", "a\\b.png", "x.html", "", "\u202Egpj.exe", "a;b=c", "\U0001F98A.jpg", new string('n', 2000),
        "nul\0.jpg"]);

    private static byte[] Broken(byte[] body, Dice dice) => dice.Next(5) switch
    {
        0 => body[..dice.Next(body.Length)],
        1 => dice.Bytes(dice.Next(3000)),
        2 => [],
        3 => [.. body[..(body.Length / 2)], .. dice.Bytes(20), .. body[(body.Length / 2)..]],
        _ => [.. "preamble\r\n"u8, .. body, .. "epilogue"u8],
    };
}
