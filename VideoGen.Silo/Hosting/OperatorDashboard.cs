using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Orleans.Dashboard;
using VideoGen.Grains.Settings;

namespace VideoGen.Silo.Hosting;

/// <summary>
/// The Orleans dashboard at <c>/dashboard</c>, protected by the configured token: as the password of Basic authentication
/// (browsers prompt for it; any user name works) or as a Bearer token. Without a configured token it does not exist and costs
/// nothing.
/// </summary>
public static class OperatorDashboard
{
    private const string Path = "/dashboard";

    /// <summary>
    /// By default the API allows pages to load nothing. This page has inline styles, and pictures and a font in its style sheet.
    /// </summary>
    private const string OnlyItsOwn =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; "
        + "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Lets the silo collect the dashboard's data.</summary>
    internal static void AddOperatorDashboard(this ISiloBuilder silo)
    {
        silo.Services.AddSettings<OperatorDashboardOptions, OperatorDashboardOptionsValidator>(OperatorDashboardOptions.Section);
        if (!string.IsNullOrEmpty(
            silo.Configuration[$"{OperatorDashboardOptions.Section}:{nameof(OperatorDashboardOptions.Token)}"]))
        {
            silo.AddDashboard(options => options.HideTrace = true);    // live logs hold a connection per open page
        }
    }

    /// <summary>Serves the dashboard if the silo runs in this process and a token is set.</summary>
    public static void MapOperatorDashboard(this WebApplication app)
    {
        if (app.Services.GetService<IOptions<OperatorDashboardOptions>>()?.Value is { IsEnabled: true, Token: { } token })
        {
            var expected = Hash(token);
            app.UseWhen(context => context.Request.Path.StartsWithSegments(Path), branch => branch.Use((context, next) =>
            {
                context.Response.Headers.ContentSecurityPolicy = OnlyItsOwn;
                return IsOperator(context.Request, expected) ? next(context) : ChallengeAsync(context.Response);
            }));
            app.MapOrleansDashboard(Path).AllowAnonymous();    // it checks its own token
        }
    }

    private static bool IsOperator(HttpRequest request, byte[] expected) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
        && Password(header) is { } password
        && CryptographicOperations.FixedTimeEquals(Hash(password), expected);

    // Basic dXNlcjpwYXNzd29yZA== (RFC 7617)
    private static string? Password(AuthenticationHeaderValue header)
    {
        if (header.Parameter is null || !header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            return header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) ? header.Parameter : null;
        }

        var pair = new byte[header.Parameter.Length];
        return Convert.TryFromBase64String(header.Parameter, pair, out var length)
            && Encoding.UTF8.GetString(pair, 0, length) is var text && text.IndexOf(':') is >= 0 and var colon
            ? text[(colon + 1)..]
            : null;
    }

    private static Task ChallengeAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status401Unauthorized;
        response.Headers.WWWAuthenticate = "Basic realm=\"VideoGen\", charset=\"UTF-8\"";
        return response.CompleteAsync();
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
