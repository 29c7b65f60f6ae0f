using VideoGen.FakeHub;
using VideoGen.FakeHub.Faults;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Faults;

/// <summary>
/// A refusal that is about the account or the model: no order fails for it, all say what they wait for, and all go on when it has
/// passed.
/// </summary>
public sealed class UpstreamFaultTests : IAsyncLifetime
{
    private FakeHubServer _hub = null!;
    private ApiProcess _api = null!;
    private string _image = "";

    public async ValueTask InitializeAsync()
    {
        _hub = await Hub.StartAsync();
        _api = await ApiProcess.StartAsync(
            [.. Hub.Settings(_hub, "fal-ai"), ("VideoGen__Generation__MaxAttempts", "3"),
            ("VideoGen__Inference__MaxConcurrent", "4")]);
        _image = await _api.Client.UploadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task Every_refusal_of_everybody_passes_without_a_failed_order()
    {
        (FaultKind Fault, int? Status)[] faults =
        [
            (FaultKind.Refuse, 400), (FaultKind.Refuse, 401), (FaultKind.Refuse, 402), (FaultKind.Refuse, 403),
                (FaultKind.Refuse, 429),
            (FaultKind.Refuse, 503), (FaultKind.Loading, null), (FaultKind.LockAccount, null),
        ];
        foreach (var (fault, status) in faults)
        {
            var (first, second) = ($"She waves after {fault} {status}.", $"She sings after {fault} {status}.");
            _hub.Faults.Add(fault, first, next: 1, status: status, seconds: 1);

            var ids = new[] { await _api.Client.OrderAsync(_image, first), await _api.Client.OrderAsync(_image, second) };

            foreach (var id in ids)
            {
                var end = await _api.Client.EndAsync(id);
                Assert.True(end.Outcome() == "completed", $"{fault} {status}: {end}");
            }

            Assert.Equal(2, _hub.Submits.Count(first).Arrived);
            Assert.Single(_hub.Jobs.For(first));
        }
    }

    [Fact]
    public async Task One_refusal_for_lack_of_credit_fails_none_of_sixty_orders()
    {
        // Most of them end for a reason of their own, because sixty videos would keep ffmpeg busy for minutes.
        _hub.Faults.Add(FaultKind.Refuse, "crowd", next: 1, status: 402);
        _hub.Faults.Add(FaultKind.FailJob, "without a video", status: 422);
        var ids = new List<(string Id, string Outcome)>();
        for (var number = 0; number < 60; number++)
        {
            var (script, outcome) = number % 6 == 0 ? ("", "completed") : (" without a video", "failed: input_rejected");
            ids.Add((await _api.Client.OrderAsync(_image, $"One of a crowd, {number}{script}."), outcome));
        }

        foreach (var (id, outcome) in ids)
        {
            Assert.Equal(outcome, (await _api.Client.EndAsync(id)).Outcome());
        }

        Assert.Equal(61, _hub.Submits.Count("crowd").Arrived);
    }

    [Fact]
    public async Task A_waiting_order_says_what_it_waits_for_and_fails_for_it_when_it_takes_too_long()
    {
        _api.Change("VideoGen__Generation__MaxPause", "00:00:25");
        await _api.StopAsync();
        await _api.RestartAsync();
        _hub.Faults.Add(FaultKind.Refuse, "broke", status: 402);

        var id = await _api.Client.OrderAsync(_image, "She is broke.");

        var waiting = await Eventually.GetAsync(
            () => _api.Client.GetGenerationAsync(id),
            generation => generation.Text("waitReason") is not null || generation.Text("status") is "failed",
            generation => $"It does not say what it waits for: {generation}");
        Assert.Contains("credit", waiting.Text("waitReason"), StringComparison.Ordinal);
        Assert.Equal("failed: payment_required", (await _api.Client.EndAsync(id)).Outcome());
    }

    [Fact]
    public async Task An_empty_mapping_fails_nobody()
    {
        _hub.Faults.Add(new FaultRule(FaultKind.EmptyMapping, new(Next: 1)));

        var id = await _api.Client.OrderAsync(_image, "She looks for a provider.");

        Assert.Equal("completed", (await _api.Client.EndAsync(id)).Outcome());
        Assert.Equal(1, _hub.Submits.Count("looks for").Arrived);
    }
}
