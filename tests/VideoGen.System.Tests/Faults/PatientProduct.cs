using VideoGen.FakeHub;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Faults;

/// <summary>A running product that waits for its upstream, four orders at a time.</summary>
public sealed class PatientProduct : IAsyncLifetime
{
    private FakeHubServer? _hub;
    private ApiProcess? _api;

    public FakeHubServer Hub => _hub!;

    public HttpClient Client => _api!.Client;

    public string Image { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _hub = await Testing.Hub.StartAsync(shaped: true);
        _api = await ApiProcess.StartAsync(Settings(_hub));
        Image = await Client.UploadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await (_api?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_hub?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    internal static (string Name, string Value)[] Settings(FakeHubServer hub) =>
    [
        .. Testing.Hub.Settings(hub, "fal-ai"),
        ("VideoGen__Generation__MaxAttempts", "3"),
        ("VideoGen__Inference__MaxConcurrent", "4"),
    ];
}
