using Microsoft.Extensions.Options;

namespace VideoGen.Api.RateLimiting;

/// <summary>The limits on what owners and addresses may do.</summary>
internal static class RateLimitingComposition
{
    public static void AddRateLimits(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<LimitOptions>, LimitOptionsValidator>();
        services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section).ValidateOnStart();
        services.AddSingleton<LocalLimits>();
    }

    /// <summary>Must come before the check of keys.</summary>
    public static void UseWrongKeyLimit(this WebApplication app) => app.UseMiddleware<WrongKeyLimiter>();

    /// <summary>Must come when the caller is known.</summary>
    public static void UseRateLimits(this WebApplication app) => app.UseMiddleware<RateLimitMiddleware>();
}
