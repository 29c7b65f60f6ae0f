using VideoGen.FakeHub.Faults;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Faults;

/// <summary>
/// A refusal that is about the account or the model: no order fails for it, all say what they wait for, and all go on when it has
/// passed.
/// </summary>
public sealed class UpstreamFaultTests(PatientProduct product) : IClassFixture<PatientProduct>
{
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
            product.Hub.Faults.Add(fault, first, next: 1, status: status, seconds: 1);

            string[] ids =
            [
                await product.Client.OrderAsync(product.Image, first), await product.Client.OrderAsync(product.Image, second),
            ];

            foreach (var id in ids)
            {
                var end = await product.Client.EndAsync(id);
                Assert.True(end.Outcome() == "completed", $"{fault} {status}: {end}");
            }

            Assert.Equal(2, product.Hub.Submits.Count(first).Arrived);
            Assert.Single(product.Hub.Jobs.For(first));
        }
    }

    [Fact]
    public async Task One_refusal_for_lack_of_credit_fails_none_of_sixty_orders()
    {
        // Most of them end for a reason of their own, because sixty videos would keep ffmpeg busy for minutes.
        product.Hub.Faults.Add(FaultKind.Refuse, "crowd", next: 1, status: 402);
        product.Hub.Faults.Add(FaultKind.FailJob, "without a video", status: 422);
        var ids = new List<(string Id, string Outcome)>();
        for (var number = 0; number < 60; number++)
        {
            var (script, outcome) = number % 6 == 0 ? ("", "completed") : (" without a video", "failed: input_rejected");
            ids.Add((await product.Client.OrderAsync(product.Image, $"One of a crowd, {number}{script}."), outcome));
        }

        foreach (var (id, outcome) in ids)
        {
            Assert.Equal(outcome, (await product.Client.EndAsync(id)).Outcome());
        }

        Assert.Equal(61, product.Hub.Submits.Count("crowd").Arrived);
    }

    [Fact]
    public async Task A_waiting_order_says_what_it_waits_for_and_fails_for_it_when_it_takes_too_long()
    {
        await using var hub = await Hub.StartAsync();
        await using var api = await ApiProcess.StartAsync(
            [.. PatientProduct.Settings(hub), ("VideoGen__Generation__MaxPause", "00:00:10")]);
        hub.Faults.Add(FaultKind.Refuse, "broke", status: 402);

        var id = await api.Client.OrderAsync(await api.Client.UploadAsync(), "She is broke.");

        var waiting = await Eventually.GetAsync(
            () => api.Client.GetGenerationAsync(id),
            generation => generation.Text("waitReason") is not null || generation.Text("status") is "failed",
            generation => $"It does not say what it waits for: {generation}");
        Assert.Contains("credit", waiting.Text("waitReason"), StringComparison.Ordinal);
        Assert.Equal("failed: payment_required", (await api.Client.EndAsync(id)).Outcome());
    }
}
