using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Soaking;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>Every scenario but the soak and the attack, each of them short.</summary>
internal static class Everything
{
    public static async Task RunAsync(LoadOptions options, Report report)
    {
        await Limits.RunAsync(options.With("seconds", 5), report);
        await Submits.RunAsync(options, report);
        await Reads.RunAsync(options, report);
        await Submits.RunAsync(options.With("silos", 0), report);
        await Reads.RunAsync(options.With("silos", 0), report);
        await Lists.RunAsync(options.With("seconds", 4).With("warm-up", 4), report);
        await Lives.RunAsync();
        await Pending.RunAsync(options.With("seconds", 10), report);
        await Recovery.RunAsync(options);
        await Scaling.RunAsync(options.With("seconds", 4).With("over", "2,3"), report);
        await Ceilings.RunAsync(options.With("seconds", 4));
        await Rest.RunAsync();
        await Soak.RunAsync(options.With("round", 40), isDeadly: false);
    }
}
