using VideoGen.Grains.Settings;

namespace VideoGen.Api.RateLimiting;

/// <summary>Registers the limits of owners and addresses.</summary>
internal static class RateLimitingComposition
{
    public static void AddRateLimits(this IServiceCollection services)
    {
        services.AddSettings<LimitOptions, LimitOptionsValidator>(LimitOptions.Section);
        services.AddSingleton<LocalLimits>();
    }

    /// <summary>Call this before the authentication of keys.</summary>
    public static void UseWrongKeyLimit(this WebApplication app) => app.UseMiddleware<WrongKeyLimiter>();

    /// <summary>Call this after the caller is known.</summary>
    public static void UseRateLimits(this WebApplication app) => app.UseMiddleware<RateLimitMiddleware>();
}
