using System.Diagnostics;
using System.Net;
using System.Text.Json;
using VideoGen.SystemTests.Clusters.Processes;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Clusters.Clients;

/// <summary>
/// What a client met at an API: the answer and how long it took. <paramref name="Status"/> is null when the connection broke
/// because that very API was killed, which no server can spare its clients. <paramref name="IsExcused"/>: meanwhile Redis, or
/// that API, was away or on its way back.
/// </summary>
internal sealed record Answer(HttpStatusCode? Status, JsonElement Body, bool HasRetryAfter, bool IsExcused, TimeSpan Took)
{
    public bool IsOk => Status is HttpStatusCode.OK;

    /// <summary>The polite refusal: come again later.</summary>
    public bool IsRetryLater => Status is HttpStatusCode.ServiceUnavailable && HasRetryAfter;

    public static async Task<Answer> AskAsync(RealCluster cluster, int api, Func<HttpClient, Task<HttpResponseMessage>> ask)
    {
        var (redis, outage) = (cluster.RedisOutage.Now(), cluster.ApiOutages[api].Now());
        var time = Stopwatch.StartNew();
        try
        {
            using var response = await ask(cluster.Apis[api].Client);
            var body = await response.JsonAsync();
            return new(response.StatusCode, body, response.Headers.RetryAfter is not null, WereAway(), time.Elapsed);
        }
        catch (Exception exception) when (
            exception is HttpRequestException or IOException && cluster.ApiOutages[api].Touches(outage))
        {
            return new(null, default, false, IsExcused: true, time.Elapsed);
        }

        bool WereAway() => cluster.RedisOutage.Touches(redis) || cluster.ApiOutages[api].Touches(outage);
    }

    public override string ToString() => $"{(int?)Status} after {Took.TotalSeconds:0.0} s: {Body}";
}
