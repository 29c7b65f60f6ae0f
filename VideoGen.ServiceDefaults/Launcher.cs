using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace VideoGen.ServiceDefaults;

/// <summary>Starts the process, says where it listens, and ends it with a sentence where it can not start.</summary>
public static class Launcher
{
    /// <summary>What it throws names the setting and the value that is none.</summary>
    private const string ConfigurationBinder = "Microsoft.Extensions.Configuration.Binder";

    private static volatile bool _started;

    /// <summary>
    /// Runs until it is told to stop, and returns the exit code. <paramref name="usage"/> is what <c>--help</c> prints, and
    /// <paramref name="banner"/> what is printed when it has started.
    /// </summary>
    public static async Task<int> RunAsync(
        string[] args, Func<string[], WebApplication> build, string usage, Func<WebApplication, string> banner)
    {
        if (args.Any(arg => arg is "--help" or "-h" or "-?"))
        {
            Console.Out.Write(usage);
            return 0;
        }

        try
        {
            await using var app = build(args);
            PortCheck.Run(app.Configuration);
            if (!await StartAsync(app))
            {
                return 0;
            }

            _started = true;
            Console.Out.Write(banner(app));
            await EndAsync(app);
            return 0;
        }
        catch (Exception exception) when (!_started && Explain(exception) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }

    /// <summary>False when it was told to stop while it still waited for what it depends on.</summary>
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

    /// <summary>Waits until it is told to stop, and no longer than the host may take; some services retry beyond that.</summary>
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
            await Console.Error.WriteLineAsync("The process could not end in order in time, and ends all the same.");
            Environment.Exit(1);
        }
    }

    /// <summary>The host logs a failed start with its stack trace; the sentence of <see cref="RunAsync"/> is enough.</summary>
    internal static void LeaveStartFailuresToLauncher(this ILoggingBuilder logging) => logging.AddFilter(
        "Microsoft.Extensions.Hosting.Internal.Host", level => level >= (_started ? LogLevel.Warning : LogLevel.Critical));

    private static string? Explain(Exception exception) => exception switch
    {
        StartupException => exception.Message,
        OptionsValidationException settings => "A setting is wrong. " + string.Join(' ', settings.Failures),
        InvalidOperationException { Source: ConfigurationBinder } => "A setting is wrong. " + exception.Message,
        AddressInUseException => "The port is taken by another program. Stop it, or set PORT to a free one.",
        { InnerException: { } cause } => Explain(cause),
        _ => null,
    };
}
