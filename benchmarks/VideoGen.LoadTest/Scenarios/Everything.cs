using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Soaking;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>Every scenario but the soak, the faults and the attack, each of them short.</summary>
internal static class Everything
{
    public static async Task RunAsync(LoadOptions options, Report report)
    {
        var brief = TimeSpan.FromSeconds(4);
        await Limits.RunAsync(options with { Seconds = TimeSpan.FromSeconds(5) }, report);
        await Submits.RunAsync(options, report);
        await Reads.RunAsync(options, report);
        await Standalone.RunAsync(options with { Generations = 20_000 }, report);
        await Lists.RunAsync(options with { Seconds = brief, WarmUp = brief }, report);
        await Lives.RunAsync();
        await Pending.RunAsync(options with { Seconds = TimeSpan.FromSeconds(10), Generations = 10_000 }, report);
        await Recovery.RunAsync(options with { Generations = 100 });
        await Scaling.RunAsync(options with { Seconds = brief, Over = [2, 3] }, report);
        await Ceilings.RunAsync(options with { Seconds = brief });
        await Rest.RunAsync();
        await Soak.RunAsync(options with { Round = TimeSpan.FromSeconds(40) }, isDeadly: false);
    }
}
