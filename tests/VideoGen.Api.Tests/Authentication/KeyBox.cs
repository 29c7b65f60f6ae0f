using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Api.Authentication;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Authentication;

/// <summary>A key file of its own, changed as the commands change it.</summary>
internal sealed class KeyBox : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public KeyBox() => File = new KeyFile(Path.Combine(_folder.Path, "keys.json"));

    public KeyFile File { get; }

    public (string Key, string Value) Setting => ("VideoGen:Keys:File", File.Path);

    /// <summary>Makes a key and returns its text.</summary>
    public string Add(string name, string? owner = null, DateTimeOffset? expiresAt = null)
    {
        var (key, text) = ApiKey.Make(name, owner ?? name, expiresAt, DateTimeOffset.UtcNow);
        File.Change(ring => ring.With(key));
        return text;
    }

    public void Revoke(string name) => File.Change(ring => ring.Without(ring.Find(name)!));

    /// <summary>What a host has of this folder, over this file and at this time.</summary>
    public ServiceProvider Services(TimeProvider time) => new ServiceCollection()
        .AddLogging().AddMetrics().AddSingleton(time)
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { [Setting.Key] = Setting.Value }).Build())
        .AddApiKeys().BuildServiceProvider();

    public void Dispose() => _folder.Dispose();
}
