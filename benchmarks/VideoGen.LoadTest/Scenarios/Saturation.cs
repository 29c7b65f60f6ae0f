using VideoGen.LoadTest.Driving;
using VideoGen.LoadTest.Measuring;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>The highest rate of one kind of request, then the latencies at half of it.</summary>
internal static class Saturation
{
    public static async Task<IReadOnlyList<Figures>> MeasureAsync(string name, Meter meter, Load load, LoadOptions options)
    {
        await load.RunAsync(options.WarmUp);
        var highest = await meter.MeasureAsync($"{name}, highest rate", () => load.RunAsync(options.Seconds));
        var half = await meter.MeasureAsync($"{name}, half of it", () => load.RunAsync(options.Seconds, highest.Rate / 2));
        return [highest, half];
    }
}
