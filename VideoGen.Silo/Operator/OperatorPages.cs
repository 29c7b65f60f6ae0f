using Microsoft.Extensions.Options;
using VideoGen.Grains.Settings;

namespace VideoGen.Silo.Operator;

/// <summary>
/// The pages for the operator, protected by the configured token: the upstreams and models at <c>/operator</c>, and the Orleans
/// dashboard. Without a token they do not exist and cost nothing.
/// </summary>
public static class OperatorPages
{
    private const string TokenKey = $"{OperatorDashboardOptions.Section}:{nameof(OperatorDashboardOptions.Token)}";

    internal static void AddOperatorPages(this ISiloBuilder silo)
    {
        silo.Services.AddSettings<OperatorDashboardOptions, OperatorDashboardOptionsValidator>(OperatorDashboardOptions.Section);
        if (!string.IsNullOrEmpty(silo.Configuration[TokenKey]))
        {
            silo.AddOperatorDashboard();
            silo.Services.AddSingleton<OperatorStatusReader>();
        }
    }

    /// <summary>Serves the pages if the silo runs in this process and a token is set.</summary>
    public static void MapOperatorPages(this WebApplication app)
    {
        if (app.Services.GetService<IOptions<OperatorDashboardOptions>>()?.Value is { IsEnabled: true, Token: { } token })
        {
            var required = new OperatorToken(token);
            app.MapOperatorDashboard(required);
            app.MapUpstreamsPage(required);
        }
    }
}
