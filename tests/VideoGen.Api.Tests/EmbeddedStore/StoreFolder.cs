using System.Globalization;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using VideoGen.Api.EmbeddedStore;

namespace VideoGen.Api.Tests.EmbeddedStore;

/// <summary>A data directory of its own, gone at the end.</summary>
internal sealed class StoreFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("videogen-test-").FullName;

    public long Bytes => Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);

    /// <summary>Runs the store on this directory in this process.</summary>
    public Task<EmbeddedStoreHost> OpenAsync() => OpenAsync(Path);

    public Task<IReadOnlyList<string>> FindLostAsync(IReadOnlyDictionary<string, long> kept) => FindLostAsync(Path, kept);

    /// <summary>What of the acknowledged writes is not there: each key must hold its number or a later one.</summary>
    public static async Task<IReadOnlyList<string>> FindLostAsync(string path, IReadOnlyDictionary<string, long> kept)
    {
        await using var store = await OpenAsync(path);
        var database = store.Connection.GetDatabase();
        var lost = new List<string>();
        foreach (var (key, number) in kept)
        {
            var value = (string?)await database.StringGetAsync(key);
            if (value is null || long.Parse(value.Split(' ')[0], CultureInfo.InvariantCulture) < number)
            {
                lost.Add($"{key}: {number} was acknowledged, {value?.Split(' ')[0] ?? "nothing"} is stored");
            }
        }

        return lost;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static async Task<EmbeddedStoreHost> OpenAsync(string path)
    {
        var lifetime = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        var store = new EmbeddedStoreHost(new EmbeddedStoreOptions(path), lifetime, NullLoggerFactory.Instance,
            TimeProvider.System);
        await store.StartingAsync(CancellationToken.None);
        return store;
    }
}
