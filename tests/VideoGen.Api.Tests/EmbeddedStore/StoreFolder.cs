using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using VideoGen.Api.EmbeddedStore;

namespace VideoGen.Api.Tests.EmbeddedStore;

/// <summary>A data directory of its own, gone at the end.</summary>
internal sealed class StoreFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("videogen-test-").FullName;

    public long Bytes => Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);

    /// <summary>Runs the store on this directory in this process.</summary>
    public async Task<EmbeddedStoreHost> OpenAsync()
    {
        var store = new EmbeddedStoreHost(Path, NullLoggerFactory.Instance, TimeProvider.System);
        await store.StartingAsync(CancellationToken.None);
        return store;
    }

    /// <summary>What of the acknowledged writes is not there: each key must hold its number or a later one.</summary>
    public async Task<IReadOnlyList<string>> FindLostAsync(IReadOnlyDictionary<string, long> kept)
    {
        await using var store = await OpenAsync();
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
}
