using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using VideoGen.LoadTest.Driving;
using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Running;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>
/// What users run first: submits, status reads, lists and a mix of them on the embedded store, with nothing that waits and with
/// very many that do; and the same right after a start that follows a kill.
/// </summary>
internal static class Standalone
{
    /// <summary>Requests a second of the mix.</summary>
    private const double MixedRate = 400;

    /// <summary>Status reads are of these, spread evenly.</summary>
    private const int Read = 1000;

    public static async Task RunAsync(LoadOptions options, Report report)
    {
        var many = options.Generations.ToString("N0", CultureInfo.InvariantCulture);
        Report.Title($"standalone, {many} unfinished");
        await using var deployment = await Deployment.StartAsync(silos: 0);
        var order = RawRequest.Order(await deployment.Client.UploadAsync());
        var (accepted, reads) = (0L, new ConcurrentQueue<byte[]>());
        var submits = new Load(deployment.Targets, options.Connections) { Request = _ => order, Answered = Note };
        await submits.RunAsync(options.WarmUp);
        (await submits.RunAsync(TimeSpan.FromMinutes(1), most: Read)).EnsureSuccess(Read);

        List<Figures> rows = [.. await MeasureAsync("few wait")];
        await submits.RunAsync(TimeSpan.FromHours(1), most: Math.Max(0, options.Generations - accepted));
        rows.AddRange(await MeasureAsync($"{many} wait"));

        await deployment.KillApiAsync();
        var clock = Stopwatch.StartNew();
        await deployment.RestartApiAsync();
        Report.Say($"After kill -9 with {accepted:N0} unfinished: ready after {clock.Elapsed.TotalSeconds:0.0} s");
        rows.AddRange(await MeasureAsync("at once after that start"));
        report.Table(rows);

        void Note(RawAnswer answer)
        {
            if (Interlocked.Increment(ref accepted) <= Read)
            {
                reads.Enqueue(RawRequest.Get($"/generation/{answer.GenerationId()}"));
            }
        }

        async Task<List<Figures>> MeasureAsync(string when)
        {
            var (status, list) = (reads.ToArray(), RawRequest.Get("/generations"));
            (string Name, Load Load, double? Rate)[] kinds =
            [
                ("mixed", NewLoad(number => (number % 20) switch
                {
                    0 => order,
                    < 5 => list,
                    _ => status[number % status.Length],
                }), MixedRate),
                ("status", NewLoad(number => status[number % status.Length]), options.Rate),
                ("list of ten", NewLoad(_ => list), options.Rate),
                ("submit", submits, options.Rate),
            ];
            using var meter = new Meter(deployment.Processes, redis: null);
            List<Figures> measured = [];
            foreach (var (name, load, rate) in kinds)
            {
                measured.Add(await meter.MeasureAsync($"{name}, {when}", () => load.RunAsync(options.Seconds, rate)));
            }

            return measured;
        }

        Load NewLoad(Func<long, ReadOnlyMemory<byte>> request) =>
            new(deployment.Targets, options.Connections) { Request = request };
    }
}
