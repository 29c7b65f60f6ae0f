using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using VideoGen.LoadTest.Driving;
using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Running;
using VideoGen.LoadTest.Seeding;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>
/// Lists of ten, status reads and submits over histories of growing length, all of whose generations are stored.
/// </summary>
internal static class Lists
{
    private const int Pages = 200;
    private const int Generations = 1000;

    /// <summary>The kinds of requests, in the order of their measurement.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["newest", "pages", "status", "submit"];

    public static async Task RunAsync(LoadOptions options, Report report)
    {
        foreach (var entries in options.Entries)
        {
            Report.Title($"list, {entries.ToString("N0", CultureInfo.InvariantCulture)} generations, silos: {options.Silos}");
            using var held = new HeldMemory(options.HeldGigabytes);
            await using var deployment = await Deployment.StartAsync(
                options.Silos, prepare: redis => SeededHistory.WriteAsync(redis, entries));
            using var meter = new Meter(deployment.Processes, deployment.Redis);
            byte[][] newest = [RawRequest.Get("/generations")];
            byte[][] anywhere =
                [.. Spread(entries, Pages).Select(place => RawRequest.Get($"/generations?cursor={Cursor(place + 1)}"))];
            byte[][] status =
                [.. Spread(entries, Generations).Select(place => RawRequest.Get($"/generation/{SeededHistory.IdAt(place)}"))];
            byte[][] submit = [RawRequest.Order(await deployment.Client.UploadAsync())];
            List<Figures> rows = [];
            (string Name, byte[][] Requests)[] kinds =
                [("list of ten", newest), ($"one of {Pages} pages", anywhere), ("status", status), ("submit", submit)];
            foreach (var (kind, (name, requests)) in Kinds.Zip(kinds)
                .Where(pair => options.Only is null || pair.First == options.Only))
            {
                var load = new Load(deployment.Targets, options.Connections)
                {
                    Request = number =>
                    requests[number % requests.Length]
                };
                rows.AddRange(await Saturation.MeasureAsync(name, meter, load, options));
            }

            report.Table(rows);
        }
    }

    /// <summary>Places over the whole history, the same at every run.</summary>
    private static IEnumerable<long> Spread(int entries, int count) =>
        Enumerable.Range(0, count).Select(i => 1 + (long)i * (entries - 1) / Math.Max(count - 1, 1)).Distinct();

    private static string Cursor(long place)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, place);
        return Base64Url.EncodeToString(bytes);
    }
}
