using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Logging.Console;

namespace VideoGen.ServiceDefaults;

/// <summary>The logging of every process.</summary>
public static class QuietConsole
{
    /// <summary>One line per event, and of the frameworks only what is wrong; any Logging setting of the operator wins.</summary>
    public static void AddQuietConsole(this WebApplicationBuilder builder)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["Logging:LogLevel:Default"] = "Information",
                ["Logging:LogLevel:Microsoft"] = "Warning",
                ["Logging:LogLevel:Orleans"] = "Warning",

                // At every start it warns of a check that has not ended since the machine was switched on.
                ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = "Error",

                // At every start it recommends the other garbage collector, which is not the better one here: docs/performance.md. The
                // star makes this one category, and not all that begin like it.
                ["Logging:LogLevel:Orleans.Runtime.*Silo"] = "Error",

                // Whoever probes is told; a process that waits would log every probe as a failure.
                ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "Critical",

                // Orleans speaks in the name of our grain service about its ring.
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
