using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.AppHost.Supervision;

namespace VideoGen.AppHost.Redis;

/// <summary>The redis-server of this machine as a resource, where no container engine runs.</summary>
internal sealed class RedisProcess(string name, string folder, ReferenceExpression connectionString)
    : ExecutableResource(name, OperatingSystem.IsLinux() ? "flock" : Program, folder), IResourceWithConnectionString
{
    public const string Program = "redis-server";

    public ReferenceExpression ConnectionStringExpression => connectionString;
}

internal static class RedisProcessExtensions
{
    private static readonly string[] Locked =
        OperatingSystem.IsLinux() ? ["--no-fork", "--wait", "30", "lock", RedisProcess.Program] : [];

    /// <summary>
    /// Its password is new with every start, and stands in a file that only the owner reads, since everybody sees arguments.
    /// On Linux it holds a lock while it lives: the one of a cluster that was killed may still be ending, and two would destroy
    /// the append-only file.
    /// </summary>
    public static IResourceBuilder<RedisProcess> AddRedisProcess(
        this IDistributedApplicationBuilder builder, string name, string folder, string[] settings)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new LaunchException(
                "There is no redis-server for Windows. Start a container engine, or give --redis a connection string.");
        }

        var port = LocalPorts.TakeFree();
        var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var secret = builder.AddParameter("redis-password", password, secret: true);
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "redis.conf");
        var onlyForOwner = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var writer = new StreamWriter(file, onlyForOwner))
        {
            var settingsOfStart = $"bind 127.0.0.1 -::1\nport {port}\nrequirepass {password}\n";
            writer.Write(settingsOfStart);
        }

        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        var check = name + "-check";
        builder.Services.AddHealthChecks().AddRedis($"{address},password={password}", check);
        return builder.AddResource(new RedisProcess(name, folder, ReferenceExpression.Create($"{address},password={secret}")))
            .WithArgs([.. Locked, file, .. settings])
            .WithOrleansProviderType("Redis")
            .WithHealthCheck(check)
            .WithSupervision();
    }
}
