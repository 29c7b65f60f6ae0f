using System.Text.Json;
using System.Text.RegularExpressions;
using VideoGen.Fuzz.Tests.Cases;
using VideoGen.Fuzz.Tests.Contract;

namespace VideoGen.Fuzz.Tests.Storm;

/// <summary>Says what is wrong with an answer, by what the document promises and what no answer may ever be.</summary>
internal sealed partial class Judge(ApiContract contract, IReadOnlyList<string> secrets)
{
    private static readonly string[] Backpressure = ["uploads_busy", "streams_busy", "connections_busy"];

    /// <summary>Null when nothing is.</summary>
    public string? Complaint(Case request, Answer answer)
    {
        if (request.IsCrude && answer.IsOfTheServer)
        {
            return null;
        }

        return Always(request, answer)
            ?? (answer.Status >= 400 ? Problem(request, answer) : null)
            ?? (answer.Status is >= 200 and < 300
                && request.Forbidden is { } why ? $"{answer.Status} to what is forbidden: {why}" : null)
            ?? (request.Operation is { } operation ? AsDocumented(operation, answer) : null);
    }

    private static string? Always(Case request, Answer answer)
    {
        var hasOrigin = request.Headers.Any(header => header.Name == "Origin" && !string.IsNullOrWhiteSpace(header.Value));
        return answer.Header("X-Content-Type-Options") != "nosniff" ? $"{answer.Status} without nosniff"
            : hasOrigin && answer.Header("Access-Control-Allow-Origin") != "*" ? $"{answer.Status} without the header of CORS"
            : null;
    }

    private string? Problem(Case request, Answer answer)
    {
        if (request.Method == HttpMethod.Head)
        {
            return answer.Status < 500 ? null : $"{answer.Status}";
        }

        if (ProblemIn(request, answer) is not { ValueKind: JsonValueKind.Object } problem)
        {
            return $"{answer.Status} without a problem but {answer.ContentType}: {answer.Text}";
        }

        var code = Text(problem, "code");
        return answer.Status >= 500 && !Backpressure.Contains(code) ? $"{answer.Status} {code}"
            : string.IsNullOrEmpty(code)
                || string.IsNullOrEmpty(Text(problem, "detail") ?? Text(problem, "message"))
                ? $"a problem without code or detail: {answer.Text}"
            : Inside().IsMatch(answer.Text) || secrets.Any(secret => answer.Text.Contains(secret, StringComparison.Ordinal))
                ? $"a problem that tells what is inside: {answer.Text}"
            : null;
    }

    /// <summary>A problem (RFC 9457), or the error of the OpenAI dialect, which has a form of its own.</summary>
    private static JsonElement? ProblemIn(Case request, Answer answer) => answer.ContentType switch
    {
        "application/problem+json" => Parse(answer),
        "application/json" when request.Target.StartsWith("/v1", StringComparison.Ordinal)
            && Parse(answer) is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("error", out var error) => error,
        _ => null,
    };

    private string? AsDocumented(Operation operation, Answer answer)
    {
        if (!operation.Answers.TryGetValue(answer.Status, out var contents))
        {
            return $"{answer.Status} is not documented";
        }

        if (contents.Count == 0 || answer.Body.Length == 0)
        {
            return answer.Body.Length == 0 ? null : $"{answer.Status} with content that is not documented";
        }

        if (answer.ContentType is null || !contents.TryGetValue(answer.ContentType, out var schema))
        {
            return $"{answer.Status} as {answer.ContentType}, which is not documented";
        }

        return answer.ContentType switch
        {
            "text/event-stream" => Events(answer).Select(data => Wrong(schema, data)).FirstOrDefault(wrong => wrong is not null),
            var type when type.EndsWith("json", StringComparison.Ordinal) =>
                Parse(answer) is { } json ? Wrong(schema, json) : "no JSON",
            _ => null,
        };
    }

    private string? Wrong(JsonElement schema, JsonElement json) =>
        contract.Schemas.Complaint(schema, Head(json)) is { } reasons ? $"not as documented: {reasons} in {json}" : null;

    /// <summary>
    /// Of a long list some items tell as much as all, and checking is what this test spends most of its time on.
    /// </summary>
    private static JsonElement Head(JsonElement json) => json.ValueKind is JsonValueKind.Array && json.GetArrayLength() > 4
        ? JsonSerializer.SerializeToElement(json.EnumerateArray().Take(4))
        : json;

    private static IEnumerable<JsonElement> Events(Answer answer) => GenerationEvent().Matches(answer.Text)
        .Select(match => JsonDocument.Parse(match.Groups[1].Value).RootElement);

    internal static JsonElement? Parse(Answer answer)
    {
        try
        {
            return JsonDocument.Parse(answer.Body).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"Exception|StackTrace|   at |VideoGen\.|Orleans|StackExchange|Microsoft\.|System\.|/tmp/|/home/|\.cs:line",
        RegexOptions.CultureInvariant)]
    private static partial Regex Inside();

    [GeneratedRegex(@"^event: generation\n(?:id: .*\n)?data: (.*)\n\n", RegexOptions.Multiline)]
    private static partial Regex GenerationEvent();
}
