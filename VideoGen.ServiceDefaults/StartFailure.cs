using System.Diagnostics;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace VideoGen.ServiceDefaults;

/// <summary>
/// Separates configuration errors, which the operator can correct, from bugs. Three kinds are the operator's: failures of our own
/// checks, framework errors about settings, and refusals of the operating system.
/// </summary>
internal static class StartFailure
{
    private const string Listening = "ASPNETCORE_URLS (or --urls), PORT and Kestrel__*";
    private const BindingFlags AnyStatic = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly string[] Runtime = ["System.", "Microsoft.Win32.", "Interop", "Internal."];

    /// <summary>Frameworks that read their own settings: the namespace that throws, and the settings it reads.</summary>
    private static readonly (string Namespace, string Settings)[] Readers =
    [
        ("Microsoft.AspNetCore.Server.", Listening),
        ("Microsoft.AspNetCore.Hosting.ListenOptions", Listening),
        ("Microsoft.AspNetCore.Http.BindingAddress", Listening),
        ("Microsoft.Extensions.Configuration.", ""),    // its message names the setting
        ("Microsoft.Extensions.Logging.", "Logging__*"),
        ("OpenTelemetry.", "OTEL_*"),
        ("Orleans.Hosting.", "Orleans__*"),
        ("Orleans.Configuration.", "Orleans__*"),
    ];

    /// <summary>One sentence for the operator, or null for a bug, which needs its stack trace.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        StartupException => exception.Message,
        OptionsValidationException settings => "A setting is invalid. " + string.Join(' ', Failures(settings)),
        AggregateException several => several.InnerExceptions.Select(Explain).FirstOrDefault(sentence => sentence is not null),
        OutOfMemoryException =>
            "There is not enough memory to start. Raise the container's limit, or DOTNET_GCHeapHardLimit if it is set.",
        _ when IsRefusal(exception) && Reader(exception) is { } reader => Of(exception, reader),
        { InnerException: { } cause } when Explain(cause) is { } sentence => sentence,
        IOException or UnauthorizedAccessException or SocketException => "The start failed: " + Sentence(exception),
        _ => null,
    };

    private static string Of(Exception exception, string reader) => reader.Length == 0
        ? "A setting is invalid. " + Sentence(exception)
        : $"{Sentence(exception)} Check {reader}.";

    /// <summary>Exceptions that code throws deliberately for an invalid value.</summary>
    private static bool IsRefusal(Exception exception) => exception
        is (InvalidOperationException and not ObjectDisposedException) or (ArgumentException and not ArgumentNullException)
        or FormatException or InvalidDataException or IOException or UnauthorizedAccessException or SocketException
        or CryptographicException or NotSupportedException
        || exception.GetType().Name == "OrleansConfigurationException";

    /// <summary>The settings of the framework that threw; the runtime's own frames are above those of its caller.</summary>
    private static string? Reader(Exception exception)
    {
        var thrower = new StackTrace(exception).GetFrames()
            .Select(frame => frame.GetMethod()?.DeclaringType?.FullName)
            .FirstOrDefault(type => type is not null && !Runtime.Any(own => type.StartsWith(own, StringComparison.Ordinal)));
        return Readers.FirstOrDefault(reader => thrower?.StartsWith(reader.Namespace, StringComparison.Ordinal) is true).Settings;
    }

    /// <summary>The generated validators name only the property: <c>MaxUploadBytes: The field ...</c></summary>
    private static IEnumerable<string> Failures(OptionsValidationException exception)
    {
        var section = SectionOf(exception.OptionsType);
        return exception.Failures.Select(failure =>
            section is not null && failure.IndexOf(':') is > 0 and var colon
            && exception.OptionsType.GetProperty(failure[..colon]) is { Name: var property }
                ? $"{section.Replace(":", "__")}__{property}{failure[colon..]}"
                : failure);
    }

    private static string? SectionOf(Type options) =>
        options.GetField("Section", AnyStatic)?.GetRawConstantValue() as string;

    private static string Sentence(Exception exception)
    {
        var text = exception.Message.ReplaceLineEndings(" ").Trim();
        return text.EndsWith('.') ? text : text + ".";
    }
}
