using VideoGen.LoadTest.Measuring;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>
/// The same requests on one, two and three silos of this one machine: what spreading costs. It gains nothing here, because the
/// silos share the cores.
/// </summary>
internal static class Scaling
{
    public static async Task RunAsync(LoadOptions options, Report report)
    {
        foreach (var silos in options.Over)
        {
            await Submits.RunAsync(options with { Silos = silos }, report);
            await Reads.RunAsync(options with { Silos = silos }, report);
        }
    }
}
