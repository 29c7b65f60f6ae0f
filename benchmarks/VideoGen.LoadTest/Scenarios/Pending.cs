using System.Globalization;
using VideoGen.LoadTest.Driving;
using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Running;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>
/// Status reads and uploads on an idle service, and while thousands of generations wait for a slot at the provider.
/// </summary>
internal static class Pending
{
    private const int StatusRate = 500;
    private const int UploadRate = 5;

    public static async Task RunAsync(LoadOptions options, Report report)
    {
        var count = options.Generations;
        Report.Title($"{count.ToString("N0", CultureInfo.InvariantCulture)} pending, silos: {options.Silos}");
        await using var deployment = await Deployment.StartAsync(options.Silos);
        using var meter = new Meter(deployment.Processes, deployment.Redis);
        byte[] order = RawRequest.Order(await deployment.Client.UploadAsync()), upload = RawRequest.Upload();
        var id = "";
        var submits = new Load(deployment.Targets, options.Connections)
        {
            Request = _ => order,
            Answered = answer => Interlocked.CompareExchange(ref id, answer.GenerationId(), ""),
        };
        (await submits.RunAsync(TimeSpan.FromSeconds(30), most: 1)).EnsureSuccess(1);
        List<Figures> rows = [];
        await MeasureAsync("idle");
        rows.Add(await meter.MeasureAsync(
            "submits", async () => (await submits.RunAsync(TimeSpan.FromMinutes(2), most: count)).EnsureSuccess(count)));
        await MeasureAsync($"{count} pending");
        report.Table(rows);

        async Task MeasureAsync(string when)
        {
            var status = RawRequest.Get($"/generation/{id}");
            foreach (var (name, request, rate) in new[] { ("status", status, StatusRate), ("upload", upload, UploadRate) })
            {
                var load = new Load(deployment.Targets, options.Connections) { Request = _ => request };
                await load.RunAsync(options.WarmUp / 2, rate);
                rows.Add(await meter.MeasureAsync($"{name}, {when}", () => load.RunAsync(options.Seconds, rate)));
            }
        }
    }
}
