using VideoGen.FakeHub;
using VideoGen.Testing;

namespace VideoGen.EndToEnd.Tests.Faults;

/// <summary>One running product with little patience, for tests that break what it talks to.</summary>
public sealed class FaultyProduct : IAsyncLifetime
{
    private ApiProcess? _api;
    private FakeHubServer? _hub;

    public ApiProcess Api => _api ?? throw new InvalidOperationException("The product was not started.");

    public FakeHubServer Hub => _hub ?? throw new InvalidOperationException("The hub was not started.");

    public string Image { get; private set; } = "";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _hub = await Testing.Hub.StartAsync();
        _api = await ApiProcess.StartAsync(Settings(_hub));
        Image = await Api.Client.UploadAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await Hub.DisposeAsync();
    }

    internal static (string Name, string Value)[] Settings(FakeHubServer hub) =>
    [
        .. Testing.Hub.Settings(hub, "fal-ai"),
        ("VideoGen__Generation__MaxAttempts", "3"),
        ("VideoGen__Generation__Deadline", "00:00:10"),
        ("VideoGen__HuggingFace__SubmitTimeout", "00:00:02"),
        ("VideoGen__HuggingFace__PollTimeout", "00:00:02"),
        ("VideoGen__HuggingFace__DownloadIdleTimeout", "00:00:02"),
    ];
}
