using System.Globalization;
using System.Text.Json;
using VideoGen.Api.Http;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Generations;

/// <summary>
/// The query of <c>GET /generations</c>. It is read as text, because the framework would reject an invalid number without naming
/// it. No statuses means all of them.
/// </summary>
internal sealed record GenerationListQuery(int Limit, long? Before, IReadOnlyCollection<GenerationStatus> Statuses)
{
    public const int Default = 10;
    public const int Max = 100;

    private static readonly Dictionary<string, GenerationStatus> StatusNames = Enum.GetValues<GenerationStatus>()
        .ToDictionary(status => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString()), StringComparer.Ordinal);

    public static GenerationListQuery Read(string? limit, string? cursor, string? status, FieldErrors errors)
    {
        var count = Default;
        if (limit is not null
            && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > Max))
        {
            errors.Add("limit", "limit must be a whole number from 1 to 100.");
        }

        long before = 0;
        if (cursor is not null && !GenerationCursor.TryRead(cursor, out before))
        {
            errors.Add("cursor", "cursor must be the one that the previous page gave.");
        }

        return new(count, cursor is null ? null : before, ReadStatuses(status, errors));
    }

    public bool Wants(GenerationSnapshot generation) => Statuses.Count == 0 || Statuses.Contains(generation.Status);

    /// <summary>Returns the query of the page that begins below this position.</summary>
    public string From(long position)
    {
        var statuses = Statuses.Count == 0
            ? ""
            : "&status=" + string.Join(',', StatusNames.Where(name => Statuses.Contains(name.Value)).Select(name => name.Key));
        return string.Create(CultureInfo.InvariantCulture, $"?limit={Limit}&cursor={GenerationCursor.For(position)}{statuses}");
    }

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
