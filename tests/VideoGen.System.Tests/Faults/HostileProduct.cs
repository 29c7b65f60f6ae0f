using System.Net;
using System.Net.Sockets;
using VideoGen.FakeHub;
using VideoGen.FakeHub.Faults;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Faults;

/// <summary>
/// One running product that may fetch videos from its provider at 127.0.0.2 and from nowhere else on this machine, and a canary
/// at 127.0.0.1 that nobody may connect to. The orders whose download is redirected or never ends wait until their deadline, all
/// at once.
/// </summary>
public sealed class HostileProduct : IAsyncLifetime
{
    private readonly Dictionary<string, string> _orders = [];
    private ApiProcess? _api;
    private FakeHubServer? _hub;

    public ApiProcess Api => _api ?? throw new InvalidOperationException("The product was not started.");

    public FakeHubServer Hub => _hub ?? throw new InvalidOperationException("The hub was not started.");

    public TcpListener Canary { get; } = new(IPAddress.Loopback, 0);

    public int CanaryPort => ((IPEndPoint)Canary.LocalEndpoint).Port;

    public string Image { get; private set; } = "";

    /// <summary>The scratch files of videos.</summary>
    public IEnumerable<string> Scratch =>
        Directory.EnumerateFiles(Path.Combine(Api.DataDirectory, "media", "scratch"), "*.mp4", SearchOption.AllDirectories);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Canary.Start();
        _hub = await Testing.Hub.StartAsync(host: "127.0.0.2", shaped: true);
        _api = await ApiProcess.StartAsync(
        [
            .. FaultyOrders.Settings(_hub),
            ("VideoGen__HuggingFace__DownloadIdleTimeout", "00:00:05"),
            ("VideoGen__HuggingFace__AllowLoopback", "false"),
            ("VideoGen__HuggingFace__MaxResultBytes", "8000000"),
            ("VideoGen__Outgoing__Allow", "127.0.0.2"),
            ("VideoGen__Generation__Deadline", "00:00:30"),
        ]);
        Image = await Api.Client.UploadAsync();
        foreach (var to in HostileProviderTests.Redirects.Select(row => row.Data.Item1))
        {
            var match = new FaultMatch(ScriptOf(to));
            var location = string.Format(null, to, CanaryPort);
            Hub.Faults.Add(new FaultRule(FaultKind.RedirectOnDownload, match) { Location = location });
            _orders.Add(ScriptOf(to), await Api.Client.OrderAsync(Image, ScriptOf(to)));
        }

        foreach (var fault in HostileProviderTests.Contents.Select(row => row.Data.Item1))
        {
            Hub.Faults.Add(fault, ScriptOf(fault));
            _orders.Add(ScriptOf(fault), await Api.Client.OrderAsync(Image, ScriptOf(fault)));
        }
    }

    /// <summary>The script of the order whose download is redirected to an address.</summary>
    public static string ScriptOf(string to) => $"Redirect to {to}.";

    /// <summary>The script of the order whose download is no video.</summary>
    public static string ScriptOf(FaultKind fault) => $"It meets {fault}.";

    /// <summary>The end of an order that was given at the start, when all of them have ended: then nothing may be left.</summary>
    public async Task<System.Text.Json.JsonElement> EndAsync(string script)
    {
        foreach (var id in _orders.Values)
        {
            await Api.Client.EndAsync(id);
        }

        return await Api.Client.EndAsync(_orders[script]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await Hub.DisposeAsync();
        Canary.Dispose();
    }
}
