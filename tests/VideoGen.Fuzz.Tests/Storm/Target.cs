using System.Diagnostics;
using VideoGen.FakeHub;
using VideoGen.FakeHub.Faults;
using VideoGen.Fuzz.Tests.Cases;
using VideoGen.Fuzz.Tests.Contract;
using VideoGen.Testing;

namespace VideoGen.Fuzz.Tests.Storm;

/// <summary>
/// The product as a process, with every limit as it is by default. Its films come from a stand-in that refuses every order during
/// the storm, so that orders end soon and nothing is rendered.
/// </summary>
public sealed class Target : IAsyncLifetime
{
    private const string Endless = "This one never ends.";

    private ApiProcess? _api;
    private FakeHubServer? _hub;
    private ApiContract? _contract;

    internal ApiProcess Api => _api ?? throw new InvalidOperationException("The product was not started.");

    internal ApiContract Contract => _contract ?? throw new InvalidOperationException("The product was not started.");

    /// <summary>What was handed out before the storm: finished, failed and running generations, a film and a picture.</summary>
    internal Harvest Harvest { get; } = new();

    internal long WorkingSet
    {
        get
        {
            using var process = Process.GetProcessById(Api.Id);
            return process.WorkingSet64;
        }
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _hub = await Hub.StartAsync();
        _api = await ApiProcess.StartAsync(
        [
            .. _hub.Settings("fal-ai"),
            ("VideoGen__Inference__MaxConcurrent", "64"),
            ("Logging__LogLevel__VideoGen.Silo", "Error"),      // every refused order is told of otherwise
            ("Logging__LogLevel__VideoGen.Grains", "Error"),
            // a stream that has nothing to tell holds a place of the storm as long
            ("VideoGen__Live__Heartbeat", "00:00:00.500"),
        ]);
        _contract = ApiContract.Read(await _api.Client.GetStringAsync("/openapi.json"));
        await SowAsync(_hub);
    }

    /// <summary>A film as anybody would order it; returns how it ended.</summary>
    internal async Task<string> OrderAsync(string script)
    {
        _hub!.Faults.Clear();
        var id = await Api.Client.OrderAsync(await Api.Client.UploadAsync(), script);
        return (await Api.Client.EndAsync(id)).Outcome();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_api is not null)
        {
            await _api.DisposeAsync();
        }

        if (_hub is not null)
        {
            await _hub.DisposeAsync();
        }
    }

    private async Task SowAsync(FakeHubServer hub)
    {
        var image = await Api.Client.UploadAsync();
        var film = await Api.Client.OrderAsync(image, "A fox waves.");
        var finished = await Api.Client.EndAsync(film);
        hub.Faults.Add(FaultKind.NeverFinish, Endless);
        for (var count = 0; count < 8; count++)
        {
            Harvest.Keep("id", await Api.Client.OrderAsync(image, Endless));
        }

        hub.Faults.Add(new FaultRule(FaultKind.Refuse) { Status = 422 });
        Harvest.Read(finished);
        Harvest.Keep("characterImageUrl", image);
        Harvest.Keep("name", image["/uploads/".Length..]);
        Harvest.Keep("name", finished.Text("videoUrl")!["/videos/".Length..]);
        Harvest.Keep("name", finished.Text("posterUrl")!["/videos/".Length..]);
    }
}
