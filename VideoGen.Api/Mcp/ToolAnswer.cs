using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ModelContextProtocol.Protocol;
using VideoGen.Api.Http;

namespace VideoGen.Api.Mcp;

/// <summary>
/// What a call returns: a document for programs and as text for models, with links to resources; or an error that says what to
/// do. <paramref name="Outcome"/> and <paramref name="VideoId"/> are for the audit.
/// </summary>
internal sealed record ToolAnswer(CallToolResult Result, string Outcome, string? VideoId = null)
{
    public static ToolAnswer Of<T>(T document, JsonTypeInfo<T> type, string? videoId = null, bool isReplayed = false)
    {
        var json = JsonSerializer.Serialize(document, type);
        using var parsed = JsonDocument.Parse(json);
        var result = new CallToolResult
        {
            Content = [new TextContentBlock { Text = json }],
            StructuredContent = parsed.RootElement.Clone(),
        };
        return new(result, isReplayed ? "replayed" : "done", videoId);
    }

    public static ToolAnswer Of(McpVideo video, bool isReplayed = false)
    {
        var answer = Of(video, McpJson.Readable.McpVideo, video.Id, isReplayed);
        foreach (var link in video.Links())
        {
            answer.Result.Content.Add(link);
        }

        return answer;
    }

    /// <summary>An error of the native API, with the names of the tools.</summary>
    public static ToolAnswer Of(ProblemHttpResult problem, HttpResponse response, FieldNames? names = null)
    {
        names ??= ToolFields.Names;
        var details = problem.ProblemDetails;
        var code = details.Extensions["code"] as string ?? "";
        var error = new McpError(new McpErrorDetails(
            code, MessageOf(code, details, names),
            details.Extensions["retryable"] is true,
            int.TryParse(response.Headers.RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                ? seconds
                : null,
            details.Extensions.TryGetValue("errors", out var errors) && errors is Dictionary<string, string[]> fields
                ? [.. fields.Keys.Select(names.In)]
                : null));
        var answer = Of(error, McpJson.Readable.McpError);
        answer.Result.IsError = true;
        var outcome = problem.StatusCode switch
        {
            StatusCodes.Status404NotFound => "not_found",
            >= StatusCodes.Status500InternalServerError => "failed",
            _ => "refused",
        };
        return answer with { Outcome = outcome };
    }

    private static string MessageOf(string code, ProblemDetails details, FieldNames names) => code switch
    {
        ProblemCode.GenerationNotFound => "There is no video with this id. list_videos lists those that there are.",
        ProblemCode.AlreadyFinished => "This video has already finished, so it cannot be canceled.",
        _ => names.In(details.Detail ?? details.Title ?? "The call failed."),
    };
}

/// <summary>Why a call failed.</summary>
internal sealed record McpError(McpErrorDetails Error);

/// <summary>
/// A code from docs/api.md, a sentence that says what to do, whether the same call can succeed later, after how many seconds, and
/// the arguments that are wrong.
/// </summary>
internal sealed record McpErrorDetails(
    string Code, string Message, bool Retryable, int? RetryAfterSeconds, IReadOnlyList<string>? Arguments);
