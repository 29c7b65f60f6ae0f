using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Logging.Console;

namespace VideoGen.ServiceDefaults;

/// <summary>The console logging that all processes share.</summary>
public static class QuietConsole
{
    /// <summary>
    /// Logs one line per event, and only warnings and errors of the frameworks; any Logging setting of the operator wins.
    /// </summary>
    public static void AddQuietConsole(this WebApplicationBuilder builder)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["Logging:LogLevel:Default"] = "Information",
                ["Logging:LogLevel:Microsoft"] = "Warning",
                ["Logging:LogLevel:Orleans"] = "Warning",

                // At every start it warns about a check that has not completed since the machine was switched on.
                ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = "Error",

                // At every start it recommends the other garbage collector, which is not better here: docs/performance.md. The
                // asterisk makes this match one category instead of all that begin like it.
                ["Logging:LogLevel:Orleans.Runtime.*Silo"] = "Error",

                // The probe gets the result; a waiting process would otherwise log every probe as a failure.
                ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "Critical",

                // Orleans logs about its ring under the name of our grain service.
                ["Logging:LogLevel:VideoGen.Silo.Backends.LocalRenders.LocalRenderService"] = "Warning",
                ["Logging:LogLevel:Polly"] = "Warning",
                ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
                ["Logging:Console:FormatterName"] = ConsoleFormatterNames.Simple,
                ["Logging:Console:FormatterOptions:SingleLine"] = "true",
                ["Logging:Console:FormatterOptions:TimestampFormat"] = "HH:mm:ss ",
            },
        });
        builder.Logging.LeaveStartFailuresToLauncher();
    }
}
