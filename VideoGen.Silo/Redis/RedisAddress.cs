using StackExchange.Redis;
using VideoGen.ServiceDefaults;

namespace VideoGen.Silo.Redis;

/// <summary>
/// Reads <c>ConnectionStrings__redis</c> in both usual forms: <c>host:6379,password=secret,ssl=true</c>, and
/// <c>rediss://user:secret@host:6379/0</c> as managed services hand it out. No complaint quotes any of it: it may be the
/// password.
/// </summary>
internal static class RedisAddress
{
    private const string Setting = "ConnectionStrings__redis";

    private const string Forms = "Write host:6379,password=...,ssl=true or redis://user:password@host:6379/0 "
        + "(rediss:// for TLS). In the second form, percent-encode special characters in the password, such as %2C for a comma.";

    /// <exception cref="StartupException">The text has neither form.</exception>
    public static ConfigurationOptions Parse(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal))
        {
            return OfUrl(text);
        }

        if (HasTornPassword(text.Split(',')))
        {
            throw new StartupException($"{Setting} contains text after the password that is neither an option nor host:port. "
                + $"{Forms}");
        }

        try
        {
            var options = ConfigurationOptions.Parse(text);
            return options.EndPoints.Count > 0 ? options : throw new StartupException($"{Setting} contains no server. {Forms}");
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw new StartupException($"{Setting} is malformed. {Forms}");
        }
    }

    private static ConfigurationOptions OfUrl(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("redis" or "rediss") || url.Host.Length == 0
            || url.Query.Length > 0 || url.Fragment.Length > 0 || DatabaseOf(url.AbsolutePath) is not { } database)
        {
            throw new StartupException($"{Setting} is malformed. {Forms}");
        }

        var credentials = url.UserInfo.Split(':', 2);
        var options = new ConfigurationOptions
        {
            EndPoints = { { url.IdnHost, url.Port > 0 ? url.Port : 6379 } },
            Ssl = url.Scheme == "rediss",
            DefaultDatabase = database,
        };
        if (credentials is [var user, var password])
        {
            options.User = user.Length == 0 ? null : Uri.UnescapeDataString(user);
            options.Password = Uri.UnescapeDataString(password);
        }

        return options;
    }

    private static int? DatabaseOf(string path) => path is "" or "/" ? 0
        : int.TryParse(path.AsSpan(1), out var database) && database >= 0 ? database
        : null;

    /// <summary>After a comma in the password, the rest would be parsed as a server name, which is logged.</summary>
    private static bool HasTornPassword(string[] parts) =>
        parts.SkipWhile(part => !part.TrimStart().StartsWith("password=", StringComparison.OrdinalIgnoreCase)).Skip(1)
            .Any(part => part.Trim().Length > 0 && !part.Contains('=') && !part.Contains(':'));
}
