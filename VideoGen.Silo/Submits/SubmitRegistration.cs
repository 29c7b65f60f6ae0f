using VideoGen.Grains.Submits;
using VideoGen.ServiceDefaults;

namespace VideoGen.Silo.Submits;

/// <summary>Registers the submit records, and the wait for them at the end of the process.</summary>
internal static class SubmitRegistration
{
    public static IServiceCollection AddSubmits(this IServiceCollection services) => services
        .AddSingleton<ISubmitRecords, RedisSubmitRecords>()
        .AddSingleton<IUnfinishedWork, UnansweredSubmits>();
}
