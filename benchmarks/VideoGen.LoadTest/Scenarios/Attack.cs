using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using VideoGen.LoadTest.Measuring;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>
/// Slow uploads, decompression bombs and wrong keys, all at once and each from an address of its own, while others read a status and
/// upload pictures: what they notice of it, and how much memory the server takes.
/// </summary>
internal static class Attack
{
    private const int Reads = 800;
    private const int Uploads = 20;
    private const int DeclaredBytes = 10_000_000;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    /// <summary>A little above the pace at which an upload is cut off.</summary>
    private static readonly (int Bytes, TimeSpan Pause) Drip = (4 * 1024, TimeSpan.FromSeconds(0.2));

    public static async Task RunAsync(LoadOptions options)
    {
        Report.Title("attack");
        var (slow, bombs, keys) = ((int)options.Number("slow", 500), (int)options.Number("bombs", 200), (int)options.Number("keys", 10_000));
        await using var api = await ApiProcess.StartAsync(("VideoGen__Proxies", "127.0.0.1"));
        var picture = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "character.jpg"));
        var image = (await Backlog.UploadAsync(api.Client, picture)).GetProperty("imageUrl").GetString()!;
        var id = await Backlog.SubmitAsync(api.Client, image);
        while (!(await api.Client.GetStringAsync($"/generation/{id}")).Contains("\"completed\"", StringComparison.Ordinal))
        {
            await Task.Delay(200);
        }

        await ReadAsync(api, id);    // once for the compiler
        var quiet = await ReadAsync(api, id);
        var quietUploads = await UploadAsync(api, picture);
        using var over = new CancellationTokenSource();
        var drips = Task.WhenAll(Enumerable.Range(0, slow).Select(i => DripAsync(api.Client.BaseAddress!, i, over.Token)));
        var blown = SendBombsAsync(api.Client.BaseAddress!, bombs);
        var guessed = GuessAsync(api.Client.BaseAddress!, keys);
        var reads = ReadAsync(api, id);
        var attackedUploads = await UploadAsync(api, picture);
        var attacked = await reads;
        Report.Say($"| request | quiet p50 / p99 / max ms | under attack p50 / p99 / max ms |");
        Report.Say($"| --- | --- | --- |");
        Report.Say($"| status of others | {Times(quiet)} | {Times(attacked)} |");
        Report.Say($"| upload of others | {Times(quietUploads)} | {Times(attackedUploads)} |");
        Report.Say($"\nAnswers to {bombs} bombs: {await blown}; to {keys} wrong keys: {await guessed}");
        await over.CancelAsync();
        Report.Say($"{await CountAsync(drips)} of {slow} slow uploads were still under way; peak of resident memory {PeakMegabytes(api.Id)} MB");
    }

    private static Task<Latencies> ReadAsync(ApiProcess api, string id) =>
        OpenLoop.RunAsync(Reads, Interval, () => api.Client.GetByteArrayAsync($"/generation/{id}"));

    private static Task<Latencies> UploadAsync(ApiProcess api, byte[] picture) =>
        OpenLoop.RunAsync(Uploads, Interval * Reads / Uploads, () => Backlog.UploadAsync(api.Client, picture));

    private static async Task<int> CountAsync(Task<bool[]> drips) => (await drips).Count(isUnderWay => isUnderWay);

    /// <summary>Whether the server still listened when the measurement was over.</summary>
    private static async Task<bool> DripAsync(Uri address, int number, CancellationToken over)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, address.Port, over);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /upload-character HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {Address(1, number)}\r\n"
                + $"Content-Length: {DeclaredBytes}\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"character\"; filename=\"a.jpg\"\r\n\r\n"), over);
            for (var sent = 0; sent < DeclaredBytes - Drip.Bytes; sent += Drip.Bytes)
            {
                await stream.WriteAsync(new byte[Drip.Bytes], over);
                await Task.Delay(Drip.Pause, over);
            }
        }
        catch (OperationCanceledException)
        {
            return true;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // Cut off, as it should be where it is too slow.
        }

        return false;
    }

    private static async Task<string> SendBombsAsync(Uri address, int count)
    {
        using var client = new HttpClient { BaseAddress = address };
        byte[][] files = [BombPicture.Png(60_000, 60_000), BombPicture.Png(7_000, 7_000)];
        var statuses = await Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
        {
            using var form = new MultipartFormDataContent { { new ByteArrayContent(files[i % files.Length]), "character", "b.png" } };
            using var request = new HttpRequestMessage(HttpMethod.Post, "/upload-character") { Content = form };
            request.Headers.Add("X-Forwarded-For", Address(2, i));
            using var response = await client.SendAsync(request);
            return response.StatusCode;
        }));
        return Tally(statuses);
    }

    private static async Task<string> GuessAsync(Uri address, int count)
    {
        using var client = new HttpClient { BaseAddress = address };
        ConcurrentBag<HttpStatusCode> statuses = [];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, token) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/generations?limit=1");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"vg_{i:x8}_{Guid.NewGuid():N}");
            request.Headers.Add("X-Forwarded-For", Address(3, i % 50));
            using var response = await client.SendAsync(request, token);
            statuses.Add(response.StatusCode);
        });
        return Tally(statuses);
    }

    /// <summary>Networks that are set aside for measurements (RFC 2544).</summary>
    private static string Address(int kind, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"198.18.{kind * 16 + number / 250}.{number % 250 + 1}");

    private static string Tally(IEnumerable<HttpStatusCode> statuses) => string.Join(
        ", ", statuses.GroupBy(status => (int)status).OrderBy(group => group.Key).Select(group => $"{group.Count()} × {group.Key}"));

    private static string Times(Latencies times) => string.Create(
        CultureInfo.InvariantCulture, $"{times.At(0.5):0.0} / {times.At(0.99):0.0} / {times.At(1):0.0}");

    /// <summary>Linux keeps the peak: <c>VmHWM:   123456 kB</c>.</summary>
    private static long PeakMegabytes(int process) => OperatingSystem.IsLinux()
        ? long.Parse(
            File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture) / 1000
        : Process.GetProcessById(process).PeakWorkingSet64 / 1_000_000;
}
