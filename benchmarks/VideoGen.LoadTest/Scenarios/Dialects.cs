using VideoGen.FakeHub;
using VideoGen.LoadTest.Driving;
using VideoGen.LoadTest.Measuring;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>
/// The same work through the native API and through the OpenAI dialect of a standalone server, in turn: the ratio of their CPU.
/// </summary>
internal static class Dialects
{
    private const int Rounds = 3;
    private const double Rate = 200;

    /// <summary>Of requests whose picture is decoded.</summary>
    private const double PictureRate = 20;

    public static async Task RunAsync(LoadOptions options)
    {
        Report.Title("the OpenAI dialect against the native API, CPU of a standalone server");
        await using var hub = await FakeHubServer.StartAsync(new FakeHubOptions { Settings = new() { RenderSeconds = 36_000 } });
        await using var api = await ApiProcess.StartAsync(
            ("HF_TOKEN", "hf_load"),
            ("VideoGen__HuggingFace__HubUrl", hub.Address.AbsoluteUri),
            ("VideoGen__HuggingFace__RouterUrl", hub.RouterUrl.AbsoluteUri),
            ("VideoGen__HuggingFace__AllowLoopback", "true"),
            ("VideoGen__HuggingFace__Provider", "fal-ai"),
            ("VideoGen__Inference__MaxConcurrent", "1"), ("VideoGen__Inference__MaxUnfinished", "1000000"),
            ("VideoGen__Limits__UploadBytesPerHour", "1099511627776"),
            ("VideoGen__Limits__AddressUploadBytesPerHour", "1099511627776"),
            ("VideoGen__Limits__AddressSubmitsPerMinute", "1000000"));
        using var meter = new Meter(new Dictionary<string, int> { ["api"] = api.Id }, redis: null);
        var image = await api.Client.UploadAsync();
        using var answer = await api.Client.PostOrderAsync(image, "The fox waves.");
        var id = (await answer.JsonAsync()).Text("id");
        var (upload, order) = (RawRequest.Upload(), RawRequest.Order(image));
        Pair[] pairs =
        [
            new("create with a picture", PictureRate, n => n % 2 == 0 ? upload : order, 2,
                n => RawRequest.CreateWithPicture($"Fox {n} waves.")),
            new("create with an uploaded picture", Rate, _ => order, 1, n => RawRequest.Post(
                "/v1/videos", $$"""{"prompt":"Fox {{n}} waves.","seconds":"5","input_reference":"{{image}}"}""")),
            new("status", Rate, Always(RawRequest.Get($"/generation/{id}")), 1,
                Always(RawRequest.Get($"/v1/videos/video_{id.Replace("-", "")}"))),
            new("list of ten", Rate, Always(RawRequest.Get("/generations")), 1, Always(RawRequest.Get("/v1/videos?limit=10"))),
        ];
        Report.Head(" what", "native, CPU µs", "dialect, CPU µs", "ratio");
        foreach (var (what, rate, native, requests, dialect) in pairs)
        {
            List<(double Native, double Dialect)> rounds = [];
            for (var round = 0; round < Rounds; round++)
            {
                rounds.Add((requests * await CostAsync(native, requests * rate), await CostAsync(dialect, rate)));
            }

            var (one, other) = rounds.OrderBy(costs => costs.Dialect / costs.Native).ElementAt(Rounds / 2);
            Report.Row($"{what}", $"{one:0}", $"{other:0}", $"{other / one:0.00}");
        }

        async Task<double> CostAsync(Func<long, ReadOnlyMemory<byte>> request, double perSecond)
        {
            var load = new Load([api.Client.BaseAddress!], options.Connections) { Request = request };
            await load.RunAsync(options.WarmUp, perSecond);
            var figures = await meter.MeasureAsync("", async () =>
            {
                var result = await load.RunAsync(options.Seconds, perSecond);
                result.EnsureSuccess(result.Answers);
                return result;
            });
            return figures.Cpu.Values.Sum();
        }
    }

    private static Func<long, ReadOnlyMemory<byte>> Always(byte[] request) => _ => request;

    /// <summary>The same work in both APIs; the native one needs this many requests for it.</summary>
    private sealed record Pair(
        string What, double Rate, Func<long, ReadOnlyMemory<byte>> Native, int Requests,
        Func<long, ReadOnlyMemory<byte>> Dialect);
}
