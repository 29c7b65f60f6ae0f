using System.Globalization;

namespace VideoGen.Api.Http;

/// <summary>
/// The query of a list. It is read as text, because the framework would reject an invalid number without naming it.
/// </summary>
internal sealed record PageQuery(int Limit, long? Before)
{
    public const int Default = 10;
    public const int Max = 100;

    public const string LimitDescription = "The maximum number of entries to return, 1 to 100.";
    public const string CursorDescription = "Where the page begins, from the Link header of the previous page.";

    public static PageQuery Read(string? limit, string? cursor, FieldErrors errors)
    {
        var count = Default;
        if (limit is not null
            && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > Max))
        {
            errors.Add("limit", "limit must be a whole number from 1 to 100.");
        }

        long before = 0;
        if (cursor is not null && !PageCursor.TryRead(cursor, out before))
        {
            errors.Add("cursor", "cursor must be the one that the previous page gave.");
        }

        return new(count, cursor is null ? null : before);
    }

    /// <summary>Adds the Link header of the next page, if there is one.</summary>
    public void Link(HttpContext context, long? next, string filter = "")
    {
        if (next is { } position)
        {
            var query = string.Create(CultureInfo.InvariantCulture, $"?limit={Limit}&cursor={PageCursor.For(position)}{filter}");
            context.Response.Headers.Link = $"<{context.Request.Path}{query}>; rel=\"next\"";
        }
    }
}
