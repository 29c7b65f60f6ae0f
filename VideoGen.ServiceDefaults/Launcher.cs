using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace VideoGen.ServiceDefaults;

/// <summary>Starts the process, prints where it listens, and exits with a one-sentence message when it cannot start.</summary>
public static class Launcher
{
    /// <summary>EX_SOFTWARE of sysexits.h: a bug, reported with its stack trace.</summary>
    private const int Defect = 70;

    private static volatile bool _started;

    /// <summary>
    /// Runs until the process is told to stop, and returns the exit code. <paramref name="usage"/> is printed for <c>--help</c>,
    /// and <paramref name="banner"/> after the start.
    /// </summary>
    public static async Task<int> RunAsync(
        string[] args, Func<string[], WebApplication> build, string usage, Func<WebApplication, string> banner)
    {
        try
        {
            if (args.Any(arg => arg is "--help" or "-h" or "-?"))
            {
                Print(usage);
                return 0;
            }

            await using var app = build(args);
            app.Services.GetService<IStartupValidator>()?.Validate();    // before any setting is used
            await ListeningCheck.RunAsync(app.Configuration);
            if (!await StartAsync(app))
            {
                return 0;
            }

            await AnnounceAsync(app, banner(app));
            _started = true;
            await EndAsync(app);
            return 0;
        }
        catch (Exception exception) when (!_started && StartFailure.Explain(exception) is { } sentence)
        {
            Complain(sentence);
            return 1;
        }
        catch (Exception exception)
        {
            // Left to the runtime, the process would end with SIGABRT, which supervisors treat as a crash and some machines
            // answer with a core dump.
            Complain(exception.ToString());
            return Defect;
        }
    }

    private static async Task AnnounceAsync(WebApplication app, string banner)
    {
        try
        {
            Print(banner);
        }
        catch (StartupException)
        {
            app.Lifetime.StopApplication();
            await EndAsync(app);
            throw;
        }
    }

    /// <exception cref="StartupException">Standard output cannot be written: it is closed, or its disk is full.</exception>
    private static void Print(string text)
    {
        try
        {
            Console.Out.Write(text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"Standard output cannot be written ({exception.Message.TrimEnd('.')}). "
                + "Redirect it to /dev/null or to a disk with free space.",
                exception);
        }
    }

    private static void Complain(string text)
    {
        try
        {
            Console.Error.WriteLine(text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nothing can be printed any more; the exit code reports the failure.
        }
    }

    /// <summary>Returns false when the process was told to stop while it was waiting for a dependency.</summary>
    private static async Task<bool> StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
            return true;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>
    /// Waits until the process is told to stop, then for at most the host's shutdown timeout; some services retry longer than
    /// that.
    /// </summary>
    private static async Task EndAsync(WebApplication app)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, app.Lifetime.ApplicationStopping)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(app.Services.GetServices<IUnfinishedWork>().Select(work => work.FinishAsync()));
        try
        {
            await app.StopAsync().WaitAsync(ServiceDefaults.ShutdownTimeout + TimeSpan.FromSeconds(2));
        }
        catch (TimeoutException)
        {
            await Console.Error.WriteLineAsync("The process did not shut down in time and exits now.");
            Environment.Exit(1);
        }
    }

    /// <summary>The host logs a failed start with its stack trace; the message of <see cref="RunAsync"/> is enough.</summary>
    internal static void LeaveStartFailuresToLauncher(this ILoggingBuilder logging) => logging.AddFilter(
        "Microsoft.Extensions.Hosting.Internal.Host", level => level >= (_started ? LogLevel.Warning : LogLevel.Critical));
}
