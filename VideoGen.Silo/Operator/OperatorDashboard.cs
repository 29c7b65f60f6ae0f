using Orleans.Dashboard;

namespace VideoGen.Silo.Operator;

/// <summary>The Orleans dashboard at <c>/dashboard</c>.</summary>
internal static class OperatorDashboard
{
    private const string Path = "/dashboard";

    /// <summary>
    /// By default the API allows pages to load nothing. This page has inline styles, and pictures and a font in its style sheet.
    /// </summary>
    private const string OnlyItsOwn =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; "
        + "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Lets the silo collect the dashboard's data.</summary>
    public static void AddOperatorDashboard(this ISiloBuilder silo) =>
        silo.AddDashboard(options => options.HideTrace = true);    // live logs hold a connection per open page

    public static void MapOperatorDashboard(this WebApplication app, OperatorToken token)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Path), branch => branch.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = OnlyItsOwn;
            return token.CheckAsync(context, next);
        }));
        app.MapOrleansDashboard(Path).AllowAnonymous();    // it checks its own token
    }
}
