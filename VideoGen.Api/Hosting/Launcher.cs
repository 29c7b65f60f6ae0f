using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using VideoGen.ServiceDefaults;

namespace VideoGen.Api.Hosting;

/// <summary>Starts the process, says where it listens, and ends it with a sentence where it can not start.</summary>
internal static class Launcher
{
    /// <summary>What it throws names the setting and the value that is none.</summary>
    private const string ConfigurationBinder = "Microsoft.Extensions.Configuration.Binder";

    private static volatile bool _started;

    public static async Task<int> RunAsync(string[] args, Func<string[], WebApplication> build)
    {
        if (args.Any(arg => arg is "--help" or "-h" or "-?"))
        {
            Console.Out.Write(Usage.Text);
            return 0;
        }

        try
        {
            await using var app = build(args);
            PortCheck.Run(app.Configuration);
            await app.StartAsync();
            _started = true;
            Console.Out.Write(Banner.For(app));
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception exception) when (!_started && Explain(exception) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }

    /// <summary>The host logs a failed start with its stack trace; the sentence of <see cref="RunAsync"/> is enough.</summary>
    public static void LeaveStartFailuresToLauncher(this ILoggingBuilder logging) => logging.AddFilter(
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
