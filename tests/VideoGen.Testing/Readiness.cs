using System.Diagnostics;

namespace VideoGen.Testing;

/// <summary>Waits for a process to say that it is ready.</summary>
public static class Readiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks <c>/ready</c> until it is, or says what the process wrote instead.</summary>
    public static async Task ComeAsync(string name, ProductProcess process, HttpClient client)
    {
        var waiting = Stopwatch.StartNew();
        while (!await IsReadyAsync(client))
        {
            if (process.HasExited || waiting.Elapsed > Patience)
            {
                throw new InvalidOperationException($"{name} did not become ready. It wrote:\n{process.Log}");
            }

            await Task.Delay(Pause);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var response = await client.GetAsync("/ready");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
