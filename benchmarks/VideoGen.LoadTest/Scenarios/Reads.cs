using System.Collections.Concurrent;
using VideoGen.LoadTest.Driving;
using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Running;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>Status reads of a thousand generations, spread evenly.</summary>
internal static class Reads
{
    private const int Generations = 1000;

    public static async Task RunAsync(LoadOptions options, Report report)
    {
        Report.Title($"status, silos: {options.Silos}");
        await using var deployment = await Deployment.StartAsync(options.Silos);
        var requests = await SubmitAsync(deployment, options);
        using var meter = new Meter(deployment.Processes, deployment.Redis);
        var load = new Load(deployment.Targets, options.Connections) { Request = number => requests[number % requests.Length] };
        report.Table(await Saturation.MeasureAsync("status", meter, load, options));
    }

    private static async Task<byte[][]> SubmitAsync(Deployment deployment, LoadOptions options)
    {
        var order = RawRequest.Order(await deployment.Client.UploadAsync());
        var ids = new ConcurrentBag<string>();
        var submits = new Load(deployment.Targets, options.Connections)
        {
            Request = _ => order,
            Answered = answer => ids.Add(answer.GenerationId()),
        };
        (await submits.RunAsync(TimeSpan.FromMinutes(1), most: Generations)).EnsureSuccess(Generations);
        return [.. ids.Select(id => RawRequest.Get($"/generation/{id}"))];
    }
}
