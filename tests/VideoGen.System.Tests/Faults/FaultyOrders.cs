using VideoGen.FakeHub;
using VideoGen.FakeHub.Faults;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Faults;

/// <summary>
/// One order for every fault, given all at once, because most of such a life is spent waiting. A fault that ends with our
/// patience goes to a product that has little of it; all others to one that no busy machine makes impatient.
/// </summary>
public sealed class FaultyOrders : IAsyncLifetime
{
    /// <summary>The order of a job that takes too long, and that its provider goes on with after a cancel.</summary>
    public const string TooLong = "It takes too long.";

    private static readonly (string Name, string Value)[] LittlePatience =
    [
        ("VideoGen__Generation__Deadline", "00:00:10"),
        ("VideoGen__HuggingFace__SubmitTimeout", "00:00:08"),
    ];

    private readonly Dictionary<string, (ApiProcess Api, string Id)> _orders = [];
    private readonly List<ApiProcess> _products = [];
    private FakeHubServer? _hub;

    public FakeHubServer Hub => _hub ?? throw new InvalidOperationException("The hub was not started.");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _hub = await Testing.Hub.StartAsync();
        Hub.Faults.Add(FaultKind.RenderTime, TooLong, seconds: 600);
        Hub.Faults.Add(FaultKind.FinishAfterCancel, TooLong);
        List<(string Script, bool IsHasty)> orders = [(TooLong, true)];
        foreach (var (fault, status, seconds, count, outcome, _) in FaultTests.Table.Select(row => row.Data))
        {
            var script = ScriptOf(fault, status, seconds, count);
            var match = new FaultMatch(script, Next: fault <= FaultKind.AcceptThenError ? count : null);
            Hub.Faults.Add(new FaultRule(fault, match) { Status = status, Seconds = seconds, Count = count });
            var isStalled = fault is FaultKind.AcceptThenStall && seconds is null;
            orders.Add((script, isStalled || outcome.EndsWith("deadline_exceeded", StringComparison.Ordinal)));
        }

        foreach (var product in orders.GroupBy(order => order.IsHasty))
        {
            var api = await ApiProcess.StartAsync([.. Settings(Hub), .. product.Key ? LittlePatience : []]);
            _products.Add(api);
            var image = await api.Client.UploadAsync();
            foreach (var (script, _) in product)
            {
                _orders.Add(script, (api, await api.Client.OrderAsync(image, script)));
            }
        }
    }

    /// <summary>Waits for the end of an order.</summary>
    public Task<System.Text.Json.JsonElement> EndAsync(string script) => _orders[script].Api.Client.EndAsync(_orders[script].Id);

    public static string ScriptOf(FaultKind fault, int? status, double? seconds, int? count) =>
        $"{fault}, status {status}, seconds {seconds}, times {count}.";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var product in _products)
        {
            await product.DisposeAsync();
        }

        await Hub.DisposeAsync();
    }

    internal static (string Name, string Value)[] Settings(FakeHubServer hub) =>
    [
        .. Testing.Hub.Settings(hub, "fal-ai"),
        ("VideoGen__Generation__MaxAttempts", "3"),
        ("VideoGen__Inference__MaxConcurrent", "64"),
    ];
}
