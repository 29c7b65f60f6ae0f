using VideoGen.FakeHub;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Videos;

/// <summary>One server that makes previews, and one that gets its videos from the stand-in.</summary>
public sealed class ShapeServers : IAsyncLifetime
{
    private FakeHubServer? _hub;
    private ApiProcess? _preview;
    private ApiProcess? _model;

    public FakeHubServer Hub => _hub!;

    public HttpClient Preview => _preview!.Client;

    public HttpClient Model => _model!.Client;

    public async ValueTask InitializeAsync()
    {
        _hub = await Testing.Hub.StartAsync();
        _preview = await ApiProcess.StartAsync();
        _model = await ApiProcess.StartAsync(Testing.Hub.Settings(_hub, "fal-ai"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in (IAsyncDisposable?[])[_preview, _model, _hub])
        {
            await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }
}
