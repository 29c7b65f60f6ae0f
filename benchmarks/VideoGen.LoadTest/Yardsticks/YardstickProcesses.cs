using System.Diagnostics;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Yardsticks;

/// <summary>Both processes of <see cref="YardstickHost"/>.</summary>
internal sealed class YardstickProcesses : IAsyncDisposable
{
    private readonly Process _silo;
    private readonly Process _api;

    private YardstickProcesses()
    {
        var gateway = $"{FreePorts.Take()}";
        _silo = Start("silo", $"{FreePorts.Take()}", gateway);
        _api = Start("api", Address.GetLeftPart(UriPartial.Authority), gateway);
    }

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePorts.Take()}");

    public Dictionary<string, int> Ids => new() { ["api"] = _api.Id, ["silo"] = _silo.Id };

    public static async Task<YardstickProcesses> StartAsync()
    {
        var processes = new YardstickProcesses();
        using var client = new HttpClient { BaseAddress = processes.Address };
        await Eventually.GetAsync(() => AnswersAsync(client), answers => answers, _ => "The yardsticks do not start.");
        return processes;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { _api, _silo })
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private static Process Start(params string[] arguments) =>
        Process.Start("dotnet", [typeof(YardstickHost).Assembly.Location, "yardstick", .. arguments]);

    private static async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/grain/first");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
