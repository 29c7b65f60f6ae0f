using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace VideoGen.Testing;

/// <summary>One of our programs as built, in a process that sees none of the settings of the machine it is tested on.</summary>
public sealed class ProductProcess : IDisposable
{
    private const int MaxLog = 256 * 1024;
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Suspend = 19;

    private static readonly string[] Foreign =
    [
        "HF_TOKEN", "HUGGING_FACE_TOKEN", "PORT", "URLS", "HTTP_PORTS", "ASPNETCORE_", "DOTNET_ENVIRONMENT", "VideoGen__",
        "Orleans__", "ConnectionStrings__", "OTEL_", "Kestrel__", "Logging__",
    ];

    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly StringBuilder _errors = new();
    private readonly Lock _gate = new();
    private readonly string[] _secrets;
    private volatile string? _leak;

    private ProductProcess(Process process, string[] secrets)
    {
        _process = process;
        _secrets = secrets;
        _process.OutputDataReceived += (_, line) => Keep(line.Data, _log);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data, _log, _errors);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>What it wrote to both outputs; of very much, the end.</summary>
    public string Log
    {
        get
        {
            lock (_gate)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>What it wrote to standard error; of very much, the end.</summary>
    public string Errors
    {
        get
        {
            lock (_gate)
            {
                return _errors.ToString();
            }
        }
    }

    /// <summary>The first line with one of the tokens it was started with; null when there is none, as it has to be.</summary>
    public string? Leak => _leak;

    /// <summary>
    /// Starts a program of this solution, by its folder, built in the same configuration as the tests; with <paramref
    /// name="shell"/> from a shell that runs this first: <c>ulimit -n 512; exec "$@"</c>.
    /// </summary>
    public static ProductProcess Start(
        string project, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> settings, string? shell = null)
    {
        string[] command = [.. shell is null ? [] : (string[])["sh", "-c", shell, "sh"], "dotnet", PathOf(project), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var name in start.Environment.Keys.Where(IsForeign).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        string?[] secrets = [Setting("HF_TOKEN"), Setting("HUGGING_FACE_TOKEN")];
        return new ProductProcess(Process.Start(start)!, [.. secrets.OfType<string>()]);

        string? Setting(string name) => start.Environment.TryGetValue(name, out var value) ? value : null;
    }

    /// <summary>Waits for the process to end by itself; returns its exit code.</summary>
    public async Task<int> ExitAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>SIGKILL; returns when it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; returns the exit code.</summary>
    public Task<int> StopAsync(TimeSpan patience)
    {
        Send(Terminate);
        return ExitAsync(patience);
    }

    /// <summary>SIGSTOP: it stands still, with all its memory and its open connections.</summary>
    public void Freeze() => Send(Suspend);

    /// <summary>SIGCONT: it goes on as if no time had passed.</summary>
    public void Thaw() => Send(Continue);

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private void Send(int signal)
    {
        if (Signal(_process.Id, signal) != 0)
        {
            throw new InvalidOperationException($"Process {_process.Id} cannot be signalled; it may have ended.");
        }
    }

    private void Keep(string? line, params ReadOnlySpan<StringBuilder> logs)
    {
        if (line is null)
        {
            return;    // the end
        }

        if (_secrets.Any(secret => line.Contains(secret, StringComparison.Ordinal)))
        {
            _leak ??= line;
        }

        lock (_gate)
        {
            foreach (var log in logs)
            {
                log.AppendLine(line);
                if (log.Length > MaxLog)
                {
                    log.Remove(0, log.Length - (MaxLog / 2));
                }
            }
        }
    }

    private static bool IsForeign(string name) =>
        Foreign.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Something in the solution; the tests run from {root}/tests/{project}/bin/{configuration}/{framework}.</summary>
    public static string InSolution(params ReadOnlySpan<string> path)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "VideoGen.sln")))
        {
            root = root.Parent ?? throw new DirectoryNotFoundException("The tests run outside of the solution.");
        }

        return Path.Combine([root.FullName, .. path]);
    }

    private static string PathOf(string project)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return InSolution(project, "bin", output.Parent!.Name, output.Name, Path.GetFileName(project) + ".dll");
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Signal(int process, int signal);
}
