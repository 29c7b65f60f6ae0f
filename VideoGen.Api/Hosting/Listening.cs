using System.Globalization;
using VideoGen.ServiceDefaults;

namespace VideoGen.Api.Hosting;

internal static class Listening
{
    private const int DefaultPort = 7860;

    /// <summary>
    /// Listens on <c>PORT</c> or 7860 on all interfaces, unless addresses are configured in another ASP.NET Core way. Of these,
    /// only plain ports (which container images set by default) yield to <c>PORT</c>.
    /// </summary>
    public static void ListenOnPort(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        var hasAddresses = Has("urls") || settings.GetSection("Kestrel:Endpoints").Exists();
        if (!hasAddresses && (Has("PORT") || !(Has("http_ports") || Has("https_ports"))))
        {
            builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://*:{Port(settings["PORT"])}"));
        }

        bool Has(string key) => !string.IsNullOrWhiteSpace(settings[key]);
    }

    private static int Port(string? setting) => string.IsNullOrWhiteSpace(setting) ? DefaultPort
        : ushort.TryParse(setting, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port
        : throw new StartupException("PORT must be a number from 0 to 65535.");
}
