using System.Diagnostics;

namespace VideoGen.Testing;

/// <summary>
/// An S3 server as a process of its own (s3rver, which test.sh installs from npm), with one empty bucket. It can be killed and
/// started again on the same port and data.
/// </summary>
public sealed class S3Server : IAsyncDisposable
{
    /// <summary>The bucket that is there.</summary>
    public const string Bucket = "videogen";

    /// <summary>The only key that it accepts.</summary>
    public const string AccessKey = "S3RVER";

    /// <summary>Its secret.</summary>
    public const string SecretKey = "S3RVER";

    private const string Listening = "listening on ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _data = new();
    private Process? _process;
    private int _port;

    /// <summary>Where it listens.</summary>
    public string Url => $"http://127.0.0.1:{_port}";

    /// <summary>Starts a server of one's own.</summary>
    public static async Task<S3Server> StartAsync()
    {
        var server = new S3Server();
        await server.RestartAsync();
        return server;
    }

    /// <summary>Starts it, again on the same port, and waits until it listens.</summary>
    public async Task RestartAsync()
    {
        _process?.Dispose();
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("node",
            [
                ProductProcess.InSolution("tests", "VideoGen.Testing", "S3Server", "server.js"), _data.Path, $"{_port}", Bucket,
            ])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        var port = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        _process.OutputDataReceived += (_, line) => Hear(line.Data, port, said);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data, port, said);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _port = await port.Task.WaitAsync(Patience);
    }

    /// <summary>SIGKILL; returns when it is gone, and everybody's connection with it.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process!.Dispose();
        _data.Dispose();
    }

    private static void Hear(string? line, TaskCompletionSource<int> port, List<string> said)
    {
        if (line?.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
        {
            port.TrySetResult(int.Parse(line[(at + Listening.Length)..], null));
        }
        else if (line is null)
        {
            port.TrySetException(new InvalidOperationException(
                $"The S3 server does not start; run npm ci in {nameof(S3Server)}. It wrote:\n{string.Join('\n', said)}"));
        }
        else
        {
            said.Add(line);    // why it does not start: it is silent afterwards
        }
    }
}
