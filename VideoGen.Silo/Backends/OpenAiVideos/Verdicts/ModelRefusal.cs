using System.Text.Json;
using System.Text.RegularExpressions;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.OpenAiVideos.Verdicts;

/// <summary>
/// Whether a refusal is about the name of the model, so that every request for it would be refused. vLLM-Omni answers 400 to a
/// name that is not its own, others 404 or 422.
/// </summary>
internal static partial class ModelRefusal
{
    public static bool IsSaidBy(Exchange.Reply reply) =>
        reply.Json is { } json && (json.Get("error")?.Text("param") == "model" || json.Items("detail").Any(IsAboutModel)
            || (ErrorSigns.Read(reply).Sentence is { } sentence && WrongModel().IsMatch(sentence)));

    // {"detail":[{"loc":["body","model"],"msg":"…"}]}
    private static bool IsAboutModel(JsonElement item) =>
        item.Items("loc").LastOrDefault() is { ValueKind: JsonValueKind.String } field && field.GetString() == "model";

    // "Model mismatch: …", "The model `a/b` does not exist.", "Invalid model name passed in model=a/b". Without a quoted name
    // "the model does not support this size" would be meant as well.
    [GeneratedRegex(
        """\bmodel mismatch\b|\binvalid model name\b|\bno available channel for model\b"""
        + """|\bdoes not match (?:the )?served model\b"""
        + """|\bmodel [`'"][^`'"]{1,200}[`'"] (?:does not exist|not found|is not (?:served|available|found|loaded|supported)"""
        + """|does not match)\b""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex WrongModel();
}
