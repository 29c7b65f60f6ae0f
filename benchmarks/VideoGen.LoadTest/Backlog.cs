using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using VideoGen.Testing;

namespace VideoGen.LoadTest;

/// <summary>Whether status, uploads and files stay as fast as on an idle server while many previews render.</summary>
internal static class Backlog
{
    private const int Requests = 400;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    public static async Task RunAsync(int generations)
    {
        await using var api = await ApiProcess.StartAsync();
        var picture = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "character.jpg"));
        var image = (await UploadAsync(api.Client, picture)).GetProperty("imageUrl").GetString()!;
        var id = await SubmitAsync(api.Client, image);
        await UntilCompletedAsync(api.Client, id);
        (string Name, Func<Task> Request)[] kinds =
        [
            ("status", () => api.Client.GetByteArrayAsync($"/generation/{id}")),
            ("list of ten", () => api.Client.GetByteArrayAsync("/generations")),
            ("film, 64 KB range", () => RangeAsync(api.Client, $"/videos/{id}.mp4")),
            ("upload", () => UploadAsync(api.Client, picture)),
        ];

        await MeasureAsync(api, kinds);    // once for the compiler
        var idle = await MeasureAsync(api, kinds);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, generations).Select(_ => SubmitAsync(api.Client, image)));
        Console.WriteLine($"{generations} submitted at once in {clock.ElapsedMilliseconds} ms\n");
        var busy = await MeasureAsync(api, kinds);

        Console.WriteLine("| request | idle p50 / p99 ms | backlog p50 / p99 ms | p50 ratio | API CPU µs each, idle / backlog |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var (before, after) in idle.Zip(busy))
        {
            Console.WriteLine($"| {before.Name} | {before.Times.At(0.5):0.0} / {before.Times.At(0.99):0.0} | "
                + $"{after.Times.At(0.5):0.0} / {after.Times.At(0.99):0.0} | {after.Times.At(0.5) / before.Times.At(0.5):0.00} | "
                + $"{before.Cpu:0} / {after.Cpu:0} |");
        }

        Console.WriteLine($"\nWorking set of the API {Process.GetProcessById(api.Id).WorkingSet64 / 1_000_000} MB");
    }

    private static async Task<List<(string Name, Latencies Times, double Cpu)>> MeasureAsync(
        ApiProcess api, (string Name, Func<Task> Request)[] kinds)
    {
        List<(string, Latencies, double)> results = [];
        foreach (var (name, request) in kinds)
        {
            var before = Process.GetProcessById(api.Id).TotalProcessorTime;
            var times = await OpenLoop.RunAsync(Requests, Interval, request);
            var cpu = (Process.GetProcessById(api.Id).TotalProcessorTime - before).TotalMicroseconds / Requests;
            results.Add((name, times, cpu));
        }

        return results;
    }

    internal static async Task<JsonElement> UploadAsync(HttpClient client, byte[] picture)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(picture), "character", "me.jpg" } };
        using var response = await client.PostAsync("/upload-character", form);
        return await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }

    internal static async Task<string> SubmitAsync(HttpClient client, string image)
    {
        using var response = await client.PostAsJsonAsync("/generate-video",
            new { characterImageUrl = image, script = "She waves.", duration = 5, quality = "768" });
        var generation = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return generation.GetProperty("id").GetString()!;
    }

    private static async Task UntilCompletedAsync(HttpClient client, string id)
    {
        while ((await client.GetFromJsonAsync<JsonElement>($"/generation/{id}")).GetProperty("status").GetString() != "completed")
        {
            await Task.Delay(200);
        }
    }

    private static async Task RangeAsync(HttpClient client, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new(0, 65535) } };
        using var response = await client.SendAsync(request);
        await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
    }
}
