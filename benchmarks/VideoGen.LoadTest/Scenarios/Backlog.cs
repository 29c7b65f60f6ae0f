using System.Diagnostics;
using VideoGen.LoadTest.Driving;
using VideoGen.LoadTest.Measuring;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>Whether status, uploads and files stay as fast as on an idle server while many previews render.</summary>
internal static class Backlog
{
    private const double Rate = 40;

    public static async Task RunAsync(LoadOptions options, Report report)
    {
        var count = options.Generations;
        Report.Title(FormattableString.Invariant($"{count} previews at once, on a standalone server"));
        await using var api = await ApiProcess.StartAsync();
        using var meter = new Meter(new Dictionary<string, int> { ["api"] = api.Id }, redis: null);
        var order = RawRequest.Order(await api.Client.UploadAsync());
        var id = "";
        await SubmitAsync(1, answer => id = answer.GenerationId());
        await api.Client.EndAsync(id);
        (string Name, byte[] Request)[] kinds =
        [
            ("status", RawRequest.Get($"/generation/{id}")),
            ("list of ten", RawRequest.Get("/generations")),
            ("film, 64 KB range", RawRequest.Get($"/videos/{id}.mp4", "Range: bytes=0-65535\r\n")),
            ("upload", RawRequest.Upload()),
        ];
        List<Figures> rows = [];
        await MeasureAsync("idle");
        var clock = Stopwatch.StartNew();
        await SubmitAsync(count, _ => { });
        Report.Say($"{count} submitted at once in {clock.ElapsedMilliseconds} ms");
        await MeasureAsync("backlog");
        report.Table(rows);

        async Task SubmitAsync(int most, Action<RawAnswer> answered)
        {
            var load = new Load([api.Client.BaseAddress!], most) { Request = _ => order, Answered = answered };
            (await load.RunAsync(TimeSpan.FromMinutes(1), most: most)).EnsureSuccess(most);
        }

        async Task MeasureAsync(string when)
        {
            foreach (var (name, request) in kinds)
            {
                var load = new Load([api.Client.BaseAddress!], options.Connections) { Request = _ => request };
                await load.RunAsync(when == "idle" ? options.WarmUp : TimeSpan.Zero, Rate);
                rows.Add(await meter.MeasureAsync($"{name}, {when}", () => load.RunAsync(options.Seconds, Rate)));
            }
        }
    }
}
