using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using VideoGen.FakeHub.Faults;
using VideoGen.FakeHub.Jobs;

namespace VideoGen.FakeHub.Cdn;

/// <summary>Signs the addresses of films. A link works without a token until it is out of date.</summary>
internal sealed class CdnLinks(JobBoard jobs, SettingsBoard settings, Films films, TimeProvider time)
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>A signed address of the job's film on this server.</summary>
    public string For(HttpContext context, Job job)
    {
        var counted = jobs.Update(job.Id, current => current with { Links = current.Links + 1 }) ?? job;
        var isExpired = counted.Fault(FaultKind.ExpiredLink, counted.Links) is not null;
        var expires = time.GetUtcNow() + TimeSpan.FromSeconds(isExpired ? -1 : settings.Current.LinkSeconds);
        var path = $"/cdn/{job.Order.Provider}/{job.Id}.mp4";
        return $"{Root(context)}{path}?expires={expires.ToUnixTimeSeconds()}&signature={Sign(path, expires.ToUnixTimeSeconds())}";
    }

    /// <summary>An address that redirects to the signed one.</summary>
    public static string ShortFor(HttpContext context, Job job) => $"{Root(context)}/shrt/{job.Id}";

    /// <summary>fal's description of a file.</summary>
    public JsonObject FileFor(HttpContext context, Job job) => new()
    {
        ["url"] = For(context, job),
        ["content_type"] = "video/mp4",
        ["file_name"] = "out.mp4",
        ["file_size"] = films.For(job).Length,
    };

    public bool Admits(string path, long expires, string signature) =>
        expires > time.GetUtcNow().ToUnixTimeSeconds() && signature == Sign(path, expires);

    private string Sign(string path, long expires) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{path}?{expires}")));

    private static string Root(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}";
}
