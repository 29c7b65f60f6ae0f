using VideoGen.LoadTest.Driving;
using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Running;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>Durable submits: one takes the only slot for ever, all others are stored and wait.</summary>
internal static class Submits
{
    public static async Task RunAsync(LoadOptions options, Report report)
    {
        Report.Title($"submit, silos: {options.Silos}");
        await using var deployment = await Deployment.StartAsync(options.Silos);
        var order = RawRequest.Order(await deployment.Client.UploadAsync());
        using var meter = new Meter(deployment.Processes, deployment.Redis);
        var load = new Load(deployment.Targets, options.Connections) { Request = _ => order };
        report.Table(await Saturation.MeasureAsync("submit", meter, load, options));
    }
}
