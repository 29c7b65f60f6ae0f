using System.Globalization;
using VideoGen.Api.Problems;

namespace VideoGen.Api.Generations;

/// <summary>Reads the query of <c>GET /generations</c>; the framework would refuse a wrong number without naming it.</summary>
internal static class GenerationListQuery
{
    public const int Default = 10;
    public const int Max = 100;

    public static (int Limit, long? Before) Read(string? limit, string? cursor, FieldErrors errors)
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
            errors.Add("cursor", "cursor must be taken from the Link header of the page before.");
        }

        return (count, cursor is null ? null : before);
    }
}
