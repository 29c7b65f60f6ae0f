using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Silo.Backends.LocalRenders;
using VideoGen.Testing;

namespace VideoGen.Silo.Tests.Backends.LocalRenders;

/// <summary>A started runner over a real media store, and renders that wait until the test says how they end.</summary>
internal sealed class RunnerBench : IAsyncDisposable
{
    /// <summary>How long a test waits for what should happen at once.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private readonly TemporaryDirectory _directory = new();

    public RunnerBench(LocalRenderOptions? options = null, TimeProvider? time = null)
    {
        var settings = Options.Create(options ?? new LocalRenderOptions());
        Media = new FileMediaStore(Options.Create(new MediaOptions { DataDirectory = _directory.Path }));
        Runner = new LocalRenderRunner(
            new LocalRenderTable(settings, time ?? Time), Media, settings, time ?? Time, NullLogger<LocalRenderRunner>.Instance);
    }

    public FakeTimeProvider Time { get; } = new();

    public FileMediaStore Media { get; }

    public LocalRenderRunner Runner { get; }

    public static RenderRequest Order(string id = "a", int attempt = 1) =>
        new(id, attempt, new GenerationRequest("owner", "character_a.jpg", "She waves.", 3, 512));

    public Task StartAsync() => Runner.StartAsync(CancellationToken.None);

    public Task<StoredMedia> SaveAsync(MediaKind kind, string name, byte[] content) => Media.SaveAsync(
        kind, name, (stream, token) => stream.WriteAsync(content, token).AsTask(), CancellationToken.None);

    /// <summary>Waits until a render is in a state of this kind.</summary>
    public async Task<T> StateAsync<T>(RenderRequest order, Func<T, bool>? condition = null) where T : LocalRenderState
    {
        using var deadline = new CancellationTokenSource(Deadline);
        for (var patience = TimeSpan.Zero; ; patience = Timeout.InfiniteTimeSpan)
        {
            var state = await Runner.NextStateAsync(order, patience, deadline.Token);
            if (state is T wanted && (condition is null || condition(wanted)))
            {
                return wanted;
            }

            Assert.False(state?.IsOver ?? true, $"It is {state} for good.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await Runner.StopAsync(deadline.Token);
        Runner.Dispose();
        Media.Dispose();
        _directory.Dispose();
    }
}

/// <summary>A render that says when it begins and ends as it is told.</summary>
internal sealed class ScriptedRender
{
    private readonly TaskCompletionSource<LocalRenderResult> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<IProgress<double>> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Runs { get; private set; }

    public bool WasCanceled { get; private set; }

    public Task<IProgress<double>> Begun => _begun.Task.WaitAsync(RunnerBench.Deadline);

    public void End(LocalRenderResult? result = null) => _end.TrySetResult(result ?? new LocalRenderResult.Rendered());

    public void Throw(Exception exception) => _end.TrySetException(exception);

    public async Task<LocalRenderResult> RunAsync(
        ScratchFile target, IProgress<double> progress, CancellationToken cancellationToken)
    {
        Runs++;
        await File.WriteAllTextAsync(target.Path, "a film", cancellationToken);
        _begun.TrySetResult(progress);
        try
        {
            return await _end.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            WasCanceled = cancellationToken.IsCancellationRequested;
        }
    }
}
