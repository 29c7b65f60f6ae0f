using System.Globalization;
using VideoGen.LoadTest.Driving;
using VideoGen.LoadTest.Measuring;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>The highest rate of one kind of request, then the latencies at half of it or at a given rate.</summary>
internal static class Saturation
{
    public static async Task<IReadOnlyList<Figures>> MeasureAsync(string name, Meter meter, Load load, LoadOptions options)
    {
        await load.RunAsync(options.WarmUp);
        var highest = await meter.MeasureAsync($"{name}, highest rate", () => load.RunAsync(options.Seconds));
        var (rate, at) = options.Rate is { } given
            ? (given, string.Create(CultureInfo.InvariantCulture, $"{given:N0}/s"))
            : (highest.Rate / 2, "half of it");
        return [highest, await meter.MeasureAsync($"{name}, {at}", () => load.RunAsync(options.Seconds, rate))];
    }
}
