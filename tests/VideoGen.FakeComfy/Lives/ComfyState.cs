using VideoGen.FakeComfy.Books;
using VideoGen.FakeComfy.Faults;
using VideoGen.FakeComfy.Files;
using VideoGen.FakeComfy.Prompts;
using VideoGen.FakeComfy.Rendering;

namespace VideoGen.FakeComfy.Lives;

/// <summary>What survives a restart: the files, and what the stand-in itself needs.</summary>
internal sealed class ComfyState(FakeComfyOptions options, TimeProvider time) : IAsyncDisposable
{
    private long _serial;

    public TimeProvider Time => time;

    public ComfySettings Settings { get; } = new(options);

    public ComfyBooks Books { get; } = new(time);

    public FaultBook Faults { get; } = new();

    public ComfyFiles Files { get; } = new(options.Directory);

    public VideoEncoder Encoder { get; } = new();

    public GraphIndex Graphs { get; } = new();

    /// <summary>Milliseconds since 1970, as ComfyUI writes times.</summary>
    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public long NextSerial() => Interlocked.Increment(ref _serial);

    public async ValueTask DisposeAsync()
    {
        await Encoder.DisposeAsync();
        Files.Dispose();
    }
}
