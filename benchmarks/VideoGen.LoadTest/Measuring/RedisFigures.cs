using System.Globalization;
using System.Text.RegularExpressions;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Measuring;

/// <summary>
/// What a Redis has done since it was started: calls per command, and bytes over its connections. What a script does is counted
/// as well as the script.
/// </summary>
internal sealed partial record RedisFigures(IReadOnlyDictionary<string, long> Calls, long Bytes)
{
    public static async Task<RedisFigures> ReadAsync(RedisServer redis)
    {
        // cmdstat_evalsha:calls=12,usec=345,usec_per_call=28.75,rejected_calls=0,failed_calls=0
        var calls = CommandLine().Matches(await redis.AskAsync("info", "commandstats"))
            .ToDictionary(match => match.Groups["name"].Value, match => Number(match, "calls"));
        var bytes = BytesLine().Matches(await redis.AskAsync("info", "stats")).Sum(match => Number(match, "bytes"));
        return new(calls, bytes);
    }

    public static RedisFigures operator -(RedisFigures after, RedisFigures before) => new(
        after.Calls.ToDictionary(entry => entry.Key, entry => entry.Value - before.Calls.GetValueOrDefault(entry.Key)),
        after.Bytes - before.Bytes);

    private static long Number(Match match, string group) => long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"cmdstat_(?<name>[^:]+):calls=(?<calls>\d+)")]
    private static partial Regex CommandLine();

    [GeneratedRegex(@"total_net_(in|out)put_bytes:(?<bytes>\d+)")]
    private static partial Regex BytesLine();
}
