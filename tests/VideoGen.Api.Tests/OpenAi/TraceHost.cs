using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Tests.OpenAi;

/// <summary>A server that has the videos of the recorded requests.</summary>
public sealed class TraceHost : IAsyncLifetime
{
    /// <summary>The ids here, by those in the records.</summary>
    internal static IReadOnlyDictionary<string, string> Ids { get; } = new Dictionary<string, string>
    {
        ["video_1"] = "01994fd6-b0f3-7c5a-a8b2-c1d4e5f60701",
        ["video_2"] = "01994fd6-b0f4-7c5a-a8b2-c1d4e5f60702",
        ["video_3"] = "01994fd6-b0f5-7c5a-a8b2-c1d4e5f60703",
    };

    internal ApiHost Api { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Api = await ApiHost.StartAsync();
        foreach (var id in Ids.Values)
        {
            Api.Cluster.Append(id);
            await SaveAsync(id + ".mp4", "video"u8.ToArray());
            await SaveAsync(id + ".jpg", "poster"u8.ToArray());
        }

        Task SaveAsync(string file, byte[] content) => Api.Media.SaveAsync(
            MediaKind.Video, file, (to, token) => to.WriteAsync(content, token).AsTask(), default);
    }

    /// <summary>Also what an earlier request deleted; and forgets its key, which other requests have too.</summary>
    internal void PutVideos()
    {
        Api.Cluster.Keys.Clear();
        foreach (var id in Ids.Values)
        {
            Api.Cluster.Put(Snapshots.Completed(id));
        }
    }

    public ValueTask DisposeAsync() => Api.DisposeAsync();
}
