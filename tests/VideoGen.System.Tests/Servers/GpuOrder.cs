using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using VideoGen.SystemTests.Servers.Gpus;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Servers;

/// <summary>One order with a seed of its own, by which the books of the stand-ins know it.</summary>
internal sealed record GpuOrder(string Id, string Script, long Seed)
{
    private static long _lastSeed = 1_000;

    /// <summary>
    /// Asks for a video that the stand-ins make to measure; one of five seconds has to be made longer by ffmpeg.
    /// </summary>
    public static async Task<GpuOrder> CreateAsync(
        HttpClient client, string image, string model, string script, int duration = Film.Seconds)
    {
        var seed = Interlocked.Increment(ref _lastSeed);
        var key = Guid.NewGuid().ToString();
        using var answer = await Eventually.GetAsync(
            () => PostAsync(client, key, new
            {
                characterImageUrl = image,
                script,
                duration,
                quality = $"{Film.Side}",
                model,
                seed,
            }),
            answer => answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests),
            answer => $"Still {(int)answer.StatusCode}.");
        answer.EnsureSuccessStatusCode();
        return new GpuOrder((await answer.JsonAsync()).Text("id"), script, seed);
    }

    /// <summary>
    /// Waits for the end, longer than others do: many orders queue for ffmpeg, which gives way to everything else on the machine.
    /// </summary>
    public async Task<JsonElement> EndAsync(HttpClient client)
    {
        for (var patience = 4; ; patience--)
        {
            try
            {
                return await client.EndAsync(Id);
            }
            catch (TimeoutException) when (patience > 0)
            {
                // Once more.
            }
        }
    }

    /// <summary>What the product has written down about it.</summary>
    public async Task<GpuLedger> LedgerAsync(HttpClient client)
    {
        using var answer = await client.GetAsync($"/generation/{Id}/log");
        answer.EnsureSuccessStatusCode();
        var entries = (await answer.JsonAsync()).GetProperty("entries").EnumerateArray();
        return new GpuLedger([.. entries.Select(entry => (entry.Text("kind"), entry.Text("message")))]);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string key, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/generate-video") { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }
}

/// <summary>The lines of the log of one generation.</summary>
internal sealed record GpuLedger(IReadOnlyList<(string Kind, string Message)> Lines)
{
    public int Attempts => Count("attempt_started");

    /// <summary>How often an attempt was ended and another one announced.</summary>
    public int Repeats => Lines.Count(line => line.Kind is "refused" or "interrupted" or "outcome_unknown"
        && (line.Message.EndsWith("Retrying.", StringComparison.Ordinal)
            || line.Message.EndsWith("Restarting automatically.", StringComparison.Ordinal)));

    public int Count(string kind) => Lines.Count(line => line.Kind == kind);

    public override string ToString() => string.Join('\n', Lines.Select(line => $"{line.Kind}: {line.Message}"));
}

/// <summary>What the product says about one order beside what the books of the stand-ins say.</summary>
internal sealed record GpuAccount(GpuOrder Order, JsonElement End, GpuLedger Ledger, IReadOnlyList<GpuLine> Books)
{
    public static async Task<GpuAccount> OfAsync(HttpClient client, GpuOrder order, params IEnumerable<GpuServer> servers)
    {
        var end = await order.EndAsync(client);
        return new GpuAccount(
            order, end, await order.LedgerAsync(client), [.. servers.SelectMany(server => server.Of(order.Seed))]);
    }

    public int Count(GpuEvent kind) => Books.Count(line => line.Event == kind && line.Seed == Order.Seed);

    public override string ToString() =>
        $"{Order}\n{End}\n{Ledger}\n{string.Join('\n', Books.Where(line => line.Seed is not null).Select(line => line.Text))}";
}
