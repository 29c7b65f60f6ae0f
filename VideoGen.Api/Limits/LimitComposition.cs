using Microsoft.Extensions.Options;

namespace VideoGen.Api.Limits;

/// <summary>The limits on what owners and addresses may do.</summary>
internal static class LimitComposition
{
    public static void AddLimits(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<LimitOptions>, LimitOptionsValidator>();
        services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section).ValidateOnStart();
        services.AddSingleton<LocalLimits>();
    }

    /// <summary>Must come before the check of keys.</summary>
    public static void UseWrongKeyLimit(this WebApplication app) => app.UseMiddleware<WrongKeyLimit>();

    /// <summary>Must come when the caller is known.</summary>
    public static void UseLimits(this WebApplication app) => app.UseMiddleware<LimitGate>();
}
