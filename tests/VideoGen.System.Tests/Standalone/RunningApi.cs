using VideoGen.Testing;

namespace VideoGen.SystemTests.Standalone;

/// <summary>One process of the built program, with all its parts, for the tests that do it no harm.</summary>
public sealed class RunningApi : IAsyncLifetime
{
    private ApiProcess? _process;

    /// <summary>Speaks to the process.</summary>
    public HttpClient Client => Process.Client;

    /// <summary>The process.</summary>
    public ApiProcess Process => _process ?? throw new InvalidOperationException("The process was not started.");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _process = await ApiProcess.StartAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }
}
