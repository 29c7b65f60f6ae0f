using System.Text.Json;
using VideoGen.FakeHub;
using VideoGen.FakeHub.Faults;
using VideoGen.FakeHub.Jobs;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Crashes;

/// <summary>
/// A place in the life of a generation to kill the process at: what holds a generation there for a while, and how to see from
/// outside that it has come. One that passes too quickly to be seen has come when the generation has ended.
/// </summary>
internal sealed record Moment(string Name, FaultKind? Hold, double? Seconds, Func<Sight, bool> HasCome)
{
    private static readonly Func<Sight, bool> AtOnce = _ => true;

    /// <summary>The ledger from top to bottom. Their number and that of the providers have no common divisor.</summary>
    public static readonly Moment[] All =
    [
        new("accepted", null, null, AtOnce),
        new("planned, or being sent", null, null, sight => sight.Stage is not "queued"),
        new(SubmitHeld, FaultKind.AcceptThenStall, null, sight => sight.Submits == 1),
        new("submit just taken", null, null, sight => sight.Submits == 1),
        new("queued at the provider", FaultKind.QueueTime, 3, sight => sight.Job?.Polls > 0),
        new("rendering", FaultKind.RenderTime, 3, sight => sight.Job?.Polls > 1),
        new("result asked for", null, null, sight => sight.Job?.Links > 0),
        new("downloading", FaultKind.SlowDrip, 0.1, sight => sight.Job?.Downloads > 0),
        new("finishing", null, null, sight => sight.Stage is "finishing" or "done"),
        new("just completed", null, null, sight => sight.Stage is "done"),
        new(InTheStart, null, null, AtOnce),
    ];

    /// <summary>The provider has the job, and the product will never learn it.</summary>
    public const string SubmitHeld = "submit held";

    /// <summary>The next process is killed as well, before it is up.</summary>
    public const string InTheStart = "in the start";

    public void Prepare(FakeHubServer hub, string script)
    {
        if (Hold is { } fault)
        {
            hub.Faults.Add(fault, script, seconds: Seconds);
        }
    }

    public Task ComeAsync(FakeHubServer hub, HttpClient client, string id, string script) => Eventually.GetAsync(
        async () => new Sight(
            (await client.GetGenerationAsync(id)).Text("stage")!,
            hub.Submits.Count(script).Arrived,
            hub.Jobs.For(script).SingleOrDefault()),
        HasCome,
        sight => $"\"{Name}\" did not come; it is at {JsonSerializer.Serialize(sight)}.");
}

/// <summary>What can be seen of a generation from outside.</summary>
internal sealed record Sight(string Stage, int Submits, Job? Job);
