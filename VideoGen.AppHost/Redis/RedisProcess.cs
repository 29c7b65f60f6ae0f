using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.AppHost.Supervision;

namespace VideoGen.AppHost.Redis;

/// <summary>The local redis-server as a resource, for machines without a container engine.</summary>
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
    /// The password is new with every start and is stored in a file that only its owner can read, because command lines are
    /// visible to everyone. On Linux the server holds a lock while it runs: the server of a killed cluster may still be shutting
    /// down, and two would destroy the append-only file.
    /// </summary>
    public static IResourceBuilder<RedisProcess> AddRedisProcess(
        this IDistributedApplicationBuilder builder, string name, string folder, string[] settings)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new LaunchException(
                "There is no redis-server for Windows. Start a container engine, or pass a connection string with --redis.");
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
