using System.Text.Json;

namespace VideoGen.Silo.Backends.Wire;

/// <summary>
/// What an error response shows before it is interpreted: whether it has the usual shape of provider errors, its machine-readable
/// names, and its message without field names.
/// </summary>
internal sealed record ErrorSigns(bool HasShape, string[] Names, string? Sentence)
{
    private const int MostItems = 20;
    private const int LongestSentence = 4_096;
    private static readonly string[] Shape = ["error", "errors", "detail", "message", "msg", "title", "estimated_time"];

    public static ErrorSigns Read(Exchange.Reply reply)
    {
        var name = reply.Header("X-Fal-Error-Type");
        var sentence = reply.Header("X-Error-Message");
        string[] fromHeader = name is null ? [] : [name];
        if (reply.Json is not { } json || !Array.Exists(Shape, field => json.Get(field) is not null))
        {
            return new ErrorSigns(name is not null || sentence is not null, fromHeader, sentence);
        }

        var items = Items(json).Take(MostItems).ToList();
        var sentences = string.Join(' ', items.Select(Say).Append(sentence).OfType<string>());
        return new ErrorSigns(
            HasShape: true,
            [.. fromHeader, .. items.SelectMany(NamesOf)],
            sentences.Length <= LongestSentence ? sentences : sentences[..LongestSentence]);
    }

    // The response itself and the values of its error properties: a string, an object, or several.
    private static IEnumerable<JsonElement> Items(JsonElement json)
    {
        yield return json;
        foreach (var field in Shape)
        {
            switch (json.Get(field))
            {
                case { ValueKind: JsonValueKind.Array } list:
                    foreach (var item in list.EnumerateArray())
                    {
                        yield return item;
                    }

                    break;
                case { ValueKind: JsonValueKind.Object or JsonValueKind.String } item when field is not ("message" or "msg"):
                    yield return item;
                    break;
            }
        }
    }

    private static string? Say(JsonElement item) => item.ValueKind == JsonValueKind.String
        ? item.GetString()
        : item.Text("message") ?? item.Text("msg");

    private static IEnumerable<string> NamesOf(JsonElement item) =>
        new[] { item.Text("code"), item.Text("type"), item.Text("error_type"), item.Text("error_code") }.OfType<string>();
}
