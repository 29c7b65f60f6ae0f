using System.Text.Json;
using VideoGen.Api.Http;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Generations;

/// <summary>The query of <c>GET /generations</c>. No statuses means all of them.</summary>
internal sealed record GenerationListQuery(PageQuery Page, IReadOnlyCollection<GenerationStatus> Statuses)
{
    private static readonly Dictionary<string, GenerationStatus> StatusNames = Enum.GetValues<GenerationStatus>()
        .ToDictionary(status => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString()), StringComparer.Ordinal);

    public static GenerationListQuery Read(string? limit, string? cursor, string? status, FieldErrors errors) =>
        new(PageQuery.Read(limit, cursor, errors), ReadStatuses(status, errors));

    public bool Wants(GenerationSnapshot generation) => Statuses.Count == 0 || Statuses.Contains(generation.Status);

    /// <summary>Adds the Link header of the next page, if there is one.</summary>
    public void Link(HttpContext context, long? next) => Page.Link(context, next, Statuses.Count == 0
        ? ""
        : "&status=" + string.Join(',', StatusNames.Where(name => Statuses.Contains(name.Value)).Select(name => name.Key)));

    private static HashSet<GenerationStatus> ReadStatuses(string? status, FieldErrors errors)
    {
        var names = status?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        if (!names.All(StatusNames.ContainsKey))
        {
            errors.Add("status", $"status must be one or more of {string.Join(", ", StatusNames.Keys)}, separated by commas.");
            return [];
        }

        return [.. names.Select(name => StatusNames[name])];
    }
}
