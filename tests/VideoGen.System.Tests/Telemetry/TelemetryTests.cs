using System.Text;
using VideoGen.FakeHub.Faults;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Telemetry;

/// <summary>
/// What a collector is told by a process that runs as in production, is killed in the middle, and started again.
/// </summary>
[Collection(nameof(Alone))]
public sealed class TelemetryTests
{
    private const string Prompt = "an otter whispers its 5ecret to a heron";
    private const string Ours = "generation.";
    private static readonly (string, string) FalAi = ("videogen.provider", "fal-ai");

    [Fact]
    public async Task One_trace_and_every_count_follow_a_generation_from_its_order_over_a_crash_to_the_film()
    {
        await using var collector = await Collector.StartAsync();
        await using var hub = await Hub.StartAsync();
        hub.Faults.Add(FaultKind.NeverFinish, Prompt);    // before the crash, however slow the machine is
        hub.Faults.Add(FaultKind.Refuse, Prompt, next: 1, status: 503);
        await using var api = await ApiProcess.StartAsync([.. hub.Settings("fal-ai"), .. collector.Settings]);

        var id = await api.Client.OrderAsync(await api.Client.UploadAsync(), Prompt);
        await Eventually.TrueAsync(
            () => hub.Jobs.For(Prompt).Any(job => job.Polls > 0)
                && collector.Spans.Any(span => span.Tags.GetValueOrDefault("videogen.outcome") == "accepted")
                && collector.Spans.Any(span => span.Name == "POST /generate-video")
                && collector.Sum("videogen.backend.duration", ("videogen.operation", "poll")) > 0,
            "The order is not told of.");
        await api.KillAsync();
        await api.RestartAsync();
        hub.Jobs.Finish(hub.TheJob(Prompt).Id);
        Assert.Equal("completed", (await api.Client.EndAsync(id)).Outcome());
        Assert.Equal(0, await api.StopAsync());

        TellsOneStory(collector.Spans, id);
        TellsNothingElse(collector.Spans);
        Counts(collector);
        Assert.Contains(collector.Logs, line => line.StartsWith($"Generation {id} completed", StringComparison.Ordinal));
        Assert.Contains(collector.Bodies, body => Has(body, id));
        Assert.All([Hub.Token, Prompt, "signature="], secret =>
            Assert.DoesNotContain(collector.Bodies, body => Has(body, secret)));
    }

    private static void TellsOneStory(IReadOnlyList<Span> spans, string id)
    {
        var trace = Assert.Single(spans, span => span.Name == "POST /generate-video").Trace;
        var story = spans.Where(span => span.Trace == trace).ToList();
        var ours = story.Where(span => span.Name.StartsWith(Ours, StringComparison.Ordinal)).ToList();

        Assert.Equal(2, story.Select(span => span.Process).Distinct().Count());
        Assert.Equal(
            ["fetch", "finish", "plan", "plan", "queue", "render", "resume", "submit", "submit"],
            ours.Select(span => span.Name[Ours.Length..]).Order());
        Assert.All(ours, span => Assert.Equal(id, span.Tags["videogen.generation"]));
        Assert.Equal(["accepted", "not_accepted"], Tagged("submit", "videogen.outcome"));
        Assert.Equal(["poll"], Tagged("resume", "videogen.step"));
        Assert.All(
            ours.Where(span => span.Name == "generation.submit"),
            submit => Assert.Single(story, span => span.Parent == submit.Id && span.Tags.ContainsKey("http.request.method")));
        Assert.Contains(story, span => span.Tags.GetValueOrDefault("db.statement") == "EVAL");

        IEnumerable<string> Tagged(string name, string tag) =>
            ours.Where(span => span.Name == Ours + name).Select(span => span.Tags[tag]).Order();
    }

    /// <summary>
    /// A poll and a question for a slot have no span, a probe has no trace, and nothing but a request begins one.
    /// </summary>
    private static void TellsNothingElse(IReadOnlyList<Span> spans)
    {
        Assert.DoesNotContain(spans, span =>
            span.Tags.GetValueOrDefault("url.full", "").Contains("/requests/", StringComparison.Ordinal));
        Assert.DoesNotContain(spans, span => span.Name.Contains("IBudgetGrain/RequestAsync", StringComparison.Ordinal));
        Assert.All(
            spans.Where(span => span.Parent.Length == 0),
            root => Assert.Matches("^/(upload-character|generate-video|generation/.*)$", root.Tags["url.path"]));
    }

    private static void Counts(Collector collector)
    {
        Assert.Equal(1, collector.Sum("videogen.generations.submitted"));
        Assert.Equal(2, collector.Sum("videogen.attempts", FalAi));
        Assert.Equal(1, collector.Sum("videogen.attempts.given_up", FalAi, ("error.type", "provider_unavailable")));
        Assert.Equal(0, collector.Sum("videogen.attempts.outcome_unknown"));
        Assert.Equal(1, collector.Sum("videogen.queue.wait", FalAi));
        Assert.Equal(1, collector.Sum("videogen.generations.resumed", ("videogen.step", "poll")));
        Assert.Equal(1, collector.Sum("videogen.render.duration", FalAi));
        Assert.InRange(collector.Sum("videogen.fetched", FalAi), 1_000, 100_000_000);
        Assert.Equal(1, collector.Sum("videogen.generations.completed", FalAi));
        Assert.Equal(1, collector.Sum("videogen.generation.duration", FalAi));
        Assert.Equal(2, collector.Sum("videogen.backend.duration", FalAi, ("videogen.operation", "submit")));
        Assert.Equal(1, collector.Sum("videogen.backend.duration", FalAi, ("videogen.operation", "fetch")));
        Assert.All(
            [
                "http.client.request.duration", "http.server.request.duration", "orleans-app-requests-latency",
                "dotnet.gc.collections", "videogen.renders.in_flight", "videogen.renders.queued",
            ],
            name => Assert.Contains(collector.Measurements, measured => measured.Name == name));
        Assert.DoesNotContain(
            collector.Measurements.Where(measured => measured.Name.StartsWith("videogen.", StringComparison.Ordinal)),
            measured => measured.Tags.ContainsKey("videogen.generation"));
    }

    private static bool Has(byte[] body, string text) => body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}
