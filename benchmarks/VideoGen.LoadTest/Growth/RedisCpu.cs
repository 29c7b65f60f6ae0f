using System.Globalization;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Growth;

/// <summary>The processor time that a Redis says it has spent.</summary>
internal static class RedisCpu
{
    public static async Task<TimeSpan> ReadAsync(RedisServer redis)
    {
        // used_cpu_sys:1.234567, used_cpu_user:2.345678; the others are of its children and of single threads
        var lines = (await redis.AskAsync("info", "cpu")).Split('\n', StringSplitOptions.TrimEntries);
        return TimeSpan.FromSeconds(lines.Where(line => line.StartsWith("used_cpu_sys:") || line.StartsWith("used_cpu_user:"))
            .Sum(line => double.Parse(line.Split(':')[1], CultureInfo.InvariantCulture)));
    }
}
