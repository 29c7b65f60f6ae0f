using System.Text.Json;

namespace VideoGen.Fuzz.Tests.Contract;

/// <summary>One operation of the document: what it takes, and what it may answer.</summary>
internal sealed record Operation(
    string Id,
    HttpMethod Method,
    string Path,
    bool HasAlias,
    IReadOnlyList<Parameter> Parameters,
    IReadOnlyDictionary<string, JsonElement> Bodies,
    IReadOnlyDictionary<int, Dictionary<string, JsonElement>> Answers)
{
    /// <summary>The form of its body that is JSON; null when it takes none.</summary>
    public JsonElement? Json => Bodies.TryGetValue("application/json", out var schema) ? schema : null;

    /// <summary>The form of its body that is multipart; null when it takes none.</summary>
    public JsonElement? Form => Bodies.TryGetValue("multipart/form-data", out var schema) ? schema : null;

    public override string ToString() => Id;
}

/// <summary>A value in the path, the query or a header.</summary>
internal sealed record Parameter(string Name, string In, JsonElement Schema);
