using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using NetVips;
using VideoGen.LoadTest.Driving;
using VideoGen.LoadTest.Measuring;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>
/// Somebody with a key of his own means harm: 500 uploads that crawl, 200 pictures that are small as files and huge as pixels,
/// and 10,000 wrong keys, all at once. What others notice of it, and what memory it takes.
/// </summary>
internal static class Attack
{
    private const int SlowUploads = 500;
    private const int Bombs = 200;
    private const int WrongKeys = 10_000;
    private const int Guessers = 16;
    private const int Readers = 64;
    private const double ReadsPerSecond = 40;
    private static readonly TimeSpan ReadingTime = TimeSpan.FromSeconds(30);

    public static async Task RunAsync()
    {
        Report.Title("attack");
        await using var api = await ApiProcess.StartAsync();
        using var victim = With(api, await api.MakeKeyAsync("victim"));
        using var attacker = With(api, await api.MakeKeyAsync("attacker"));
        await Eventually.GetAsync(
            async () => (await victim.GetAsync("/generations")).StatusCode, status => status is HttpStatusCode.OK, status =>
            $"{status}");
        var id = await victim.OrderAsync(await victim.UploadAsync(), "The fox waves.");
        await victim.EndAsync(id);
        var read = RawRequest.Get($"/generation/{id}", $"Authorization: {victim.DefaultRequestHeaders.Authorization}\r\n");
        byte[][] bombs = [Bomb(7_000, 7_000), Bomb(12_001, 7_000)];    // one that is decoded, one that is refused by its header

        await ReadAsync();    // once for the compiler
        var before = await ReadAsync();
        using var end = new CancellationTokenSource();
        var slow = Enumerable.Range(0, SlowUploads).Select(_ => CrawlAsync(api.Client.BaseAddress!, attacker, end.Token))
            .ToList();
        var thrown = Enumerable.Range(0, Bombs).Select(number => ThrowAsync(attacker, bombs[number % bombs.Length])).ToList();
        var guessed = Enumerable.Range(0, Guessers).Select(_ => GuessAsync(api)).ToList();
        var during = await ReadAsync();
        var answers = (await Task.WhenAll(thrown)).Concat((await Task.WhenAll(guessed)).SelectMany(codes => codes));
        await end.CancelAsync();
        await Task.WhenAll(slow);

        Report.Head(" status reads of another owner", "p50 ms", "p99 ms", "longest ms", "failed");
        Row("before", before);
        Row("during", during);
        var counts = answers.CountBy(code => code).Select(code => $"{code.Value} x {(int)code.Key}");
        Report.Say($"\nBombs and wrong keys were answered {string.Join(", ", counts)}");
        Report.Say($"Memory of the server at its peak: {PeakMegabytes(api.Id)} MB");

        Task<LoadResult> ReadAsync() =>
            new Load([api.Client.BaseAddress!], Readers) { Request = _ => read }.RunAsync(ReadingTime, ReadsPerSecond);
    }

    private static HttpClient With(ApiProcess api, string key) => new()
    {
        BaseAddress = api.Client.BaseAddress,
        Timeout = TimeSpan.FromMinutes(5),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    private static byte[] Bomb(int width, int height) => Image.Black(width, height, bands: 3).PngsaveBuffer();

    /// <summary>A kilobyte a second, until it is cut off or the measurement is over.</summary>
    private static async Task CrawlAsync(Uri server, HttpClient attacker, CancellationToken end)
    {
        var head = $"POST /upload-character HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: {attacker.DefaultRequestHeaders.Authorization}\r\n"
            + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000\r\n\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"character\"; filename=\"me.jpg\"\r\n\r\n";
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(server.Host, server.Port, end);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), end);
            while (true)
            {
                await client.GetStream().WriteAsync(new byte[1024], end);
                await Task.Delay(TimeSpan.FromSeconds(1), end);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // Cut off, as it should be, or the end.
        }
    }

    private static async Task<HttpStatusCode> ThrowAsync(HttpClient attacker, byte[] bomb)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(bomb), "character", "me.png" } };
        using var answer = await attacker.PostAsync("/upload-character", form);
        return answer.StatusCode;
    }

    private static async Task<IReadOnlyList<HttpStatusCode>> GuessAsync(ApiProcess api)
    {
        List<HttpStatusCode> answers = [];
        for (var number = 0; number < WrongKeys / Guessers; number++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/generations");
            request.Headers.Add("X-API-Key", $"vg_{number:x8}_{Convert.ToHexStringLower(Guid.NewGuid().ToByteArray())}");
            using var answer = await api.Client.SendAsync(request);
            answers.Add(answer.StatusCode);
        }

        return answers;
    }

    private static void Row(string name, LoadResult reads) => Report.Say(
        $"| {name} | {reads.Milliseconds(50):0.0} | {reads.Milliseconds(99):0.0} | {reads.Milliseconds(100):0.0} | {reads.Failures.Values.Sum()} |");

    /// <summary>The most that was resident at once (VmHWM, proc_pid_status(5)).</summary>
    private static long PeakMegabytes(int process) => File.ReadLines($"/proc/{process}/status")
        .Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(line => long.Parse(line.AsSpan(6).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture) / 1000).Single();
}
