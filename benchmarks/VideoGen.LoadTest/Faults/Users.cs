using System.Net;
using System.Text.Json;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Faults;

/// <summary>
/// What users do, who may meet a process that is away: they ask another API, and again, until one answers. An order has a key, so
/// that one whose answer was lost is not made twice.
/// </summary>
internal sealed class Users(IReadOnlyList<HttpClient> apis, string image)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(4);

    private int _next;
    private int _disappointments;

    /// <summary>How often somebody was told to come again, or told nothing.</summary>
    public int Disappointments => _disappointments;

    /// <summary>The id under which the order is accepted.</summary>
    public async Task<string> OrderAsync(string script, CancellationToken end)
    {
        var key = Guid.NewGuid().ToString();
        using var answer = await AskAsync(api => api.PostOrderAsync(image, script, key), end);
        answer.EnsureSuccessStatusCode();
        return (await answer.JsonAsync()).Text("id")!;
    }

    /// <summary>Looks after a generation until it has ended.</summary>
    public async Task<JsonElement> EndAsync(string id, CancellationToken end)
    {
        for (var pause = FirstLook; ; pause = pause * 2 < LongestLook ? pause * 2 : LongestLook)
        {
            await Task.Delay(pause, end);
            var generation = await GetAsync($"/generation/{id}", end);
            if (generation.Text("status") is "completed" or "failed")
            {
                return generation;
            }
        }
    }

    public async Task<JsonElement> GetAsync(string path, CancellationToken end)
    {
        using var answer = await AskAsync(api => api.GetAsync(path, end), end);
        answer.EnsureSuccessStatusCode();
        return await answer.JsonAsync();
    }

    /// <summary>Orders a failed generation again. Who is told that there is nothing to retry was heard the first time.</summary>
    public async Task RetryAsync(string id, CancellationToken end)
    {
        using var answer = await AskAsync(api => api.PostAsync($"/generation/{id}/retry", null, end), end);
        if (answer.StatusCode is not HttpStatusCode.Conflict)
        {
            answer.EnsureSuccessStatusCode();
        }
    }

    public async Task<long> DownloadAsync(string path, CancellationToken end)
    {
        using var answer = await AskAsync(api => api.GetAsync(path, end), end);
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadAsByteArrayAsync(end)).Length : 0;
    }

    private async Task<HttpResponseMessage> AskAsync(Func<HttpClient, Task<HttpResponseMessage>> ask, CancellationToken end)
    {
        while (true)
        {
            end.ThrowIfCancellationRequested();
            if (await TryAsync(ask, apis[(int)((uint)Interlocked.Increment(ref _next) % apis.Count)], end) is { } answer)
            {
                return answer;
            }

            Interlocked.Increment(ref _disappointments);
            await Task.Delay(Pause, end);
        }
    }

    private static async Task<HttpResponseMessage?> TryAsync(
        Func<HttpClient, Task<HttpResponseMessage>> ask, HttpClient api, CancellationToken end)
    {
        try
        {
            var answer = await ask(api);
            if ((int)answer.StatusCode < 500 && answer.StatusCode is not HttpStatusCode.TooManyRequests)
            {
                return answer;
            }

            answer.Dispose();
            return null;
        }
        catch (Exception exception) when (
            !end.IsCancellationRequested && exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return null;
        }
    }
}
