using System.Net.Http.Headers;
using VideoGen.FakeHub;
using VideoGen.FakeHub.Faults;
using VideoGen.FakeHub.Jobs;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Storyboards;

/// <summary>
/// One standalone product with two owners, whose videos a paid provider makes, for the tests that do it no harm.
/// </summary>
public sealed class BoardServer : IAsyncLifetime
{
    /// <summary>The jobs of scripts with this word run until they are canceled, or finished by a test.</summary>
    public const string Endless = "endless";

    private FakeHubServer? _hub;
    private ApiProcess? _api;
    private HttpClient? _alice;
    private HttpClient? _bob;

    /// <summary>The owner of what the tests make.</summary>
    public HttpClient Alice => _alice ?? throw new InvalidOperationException("The product was not started.");

    /// <summary>Somebody else.</summary>
    public HttpClient Bob => _bob ?? throw new InvalidOperationException("The product was not started.");

    /// <summary>The provider.</summary>
    public FakeHubServer Hub => _hub ?? throw new InvalidOperationException("The stand-in was not started.");

    /// <summary>A word that no other test uses, to tell its jobs apart.</summary>
    public static string NewWord() => "w" + Guid.NewGuid().ToString("N")[..8];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _hub = await Testing.Hub.StartAsync();
        _hub.Settings.Current = _hub.Settings.Current with { ShapedFilms = true };
        _hub.Faults.Add(FaultKind.NeverFinish, Endless);
        _api = await ApiProcess.StartAsync(
            [
                .. _hub.Settings("fal-ai"), ("VideoGen__Inference__MaxConcurrent", "100"),
                ("VideoGen__Webhooks__Secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                ("VideoGen__Webhooks__AllowHttp", "true"), ("VideoGen__Outgoing__Allow", "127.0.0.1"),
            ]);
        (_alice, _bob) = (With(await _api.MakeKeyAsync("alice")), With(await _api.MakeKeyAsync("bob")));
        await Eventually.TrueAsync(
            async () => (await _bob.GetAsync("/storyboards")).IsSuccessStatusCode, "The second key is not known.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _alice?.Dispose();
        _bob?.Dispose();
        if (_api is not null)
        {
            await _api.DisposeAsync();
        }

        if (_hub is not null)
        {
            await _hub.DisposeAsync();
        }
    }

    /// <summary>How many submits whose prompt has this text became jobs.</summary>
    public int Charged(string text) => Hub.Submits.Count(text).Accepted;

    /// <summary>Waits until so many jobs of this text run.</summary>
    public Task RunningAsync(string text, int count) => Eventually.GetAsync(
        () => Task.FromResult(Running(text).Count), running => running == count,
        running => $"{running} of {count} jobs run.");

    /// <summary>Ends the jobs of this text with their videos.</summary>
    public void Finish(string text)
    {
        foreach (var job in Running(text))
        {
            Hub.Jobs.Finish(job.Id);
        }
    }

    private List<Job> Running(string text) =>
        [.. Hub.Jobs.For(text).Where(job => Hub.Jobs.PhaseOf(job) is JobPhase.Queued or JobPhase.Running)];

    private HttpClient With(string key) => new()
    {
        BaseAddress = _api!.Client.BaseAddress,
        Timeout = TimeSpan.FromSeconds(60),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };
}

/// <summary>The tests that share the server.</summary>
[CollectionDefinition(nameof(BoardServer))]
public sealed class SharedBoardServer : ICollectionFixture<BoardServer>;
