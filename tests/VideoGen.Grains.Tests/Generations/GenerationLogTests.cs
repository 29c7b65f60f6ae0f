using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Generations.Ledger;
using VideoGen.Grains.Media;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Generations;

public sealed class GenerationLogTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly BackendTraits Free = new(IsPreview: true, RepeatCostsMoney: false);
    private static readonly BackendTraits Paid = new(IsPreview: false, RepeatCostsMoney: true);

    private static Generation Accepted => Generation.Accept(Orders.Request(), new HistoryEntry(7, "id", Now));

    [Fact]
    public void Every_version_has_its_line_in_order()
    {
        var generation = Rendered(Accepted).Failed(Orders.Error(GenerationErrorCode.ResultUnusable), Now).Retry(Now);
        generation = Rendered(generation)
            .Stored(new StoredMedia("o.mp4", 1, "00"), Now).Completed(new FinishedVideo("v.mp4", "p.jpg", 5, 768, 768, 1), Now);

        Assert.Equal(
            [
                LogKind.Accepted, LogKind.AttemptStarted, LogKind.Submitted, LogKind.Rendered, LogKind.Failed, LogKind.Retried,
                LogKind.AttemptStarted, LogKind.Submitted, LogKind.Rendered, LogKind.Stored, LogKind.Completed,
            ],
            generation.Log.Lines.Select(line => line.Kind));
        Assert.Equal(Enumerable.Range(1, 11).Select(version => (long)version), generation.Log.Lines.Select(line => line.Version));
        Assert.Equal(GenerationStatus.Pending, generation.Log.Lines[5].Status);
        Assert.Equal(2, generation.Log.Lines[6].Attempt);
        Assert.NotNull(generation.Log.Lines[4].Error);

        static Generation Rendered(Generation generation) =>
            Intend(generation, Free).Submitted(new RenderJob("job"), Now).Rendered(new RenderResult("https://cdn/film.mp4"), Now);
    }

    [Fact]
    public void The_ways_in_which_a_submit_goes_wrong_are_told_apart()
    {
        var error = Orders.Error();

        Assert.Equal(
            [LogKind.Refused, LogKind.Failed, LogKind.OutcomeUnknown, LogKind.OutcomeUnknown, LogKind.Interrupted,
            LogKind.Interrupted],
            new[]
            {
                Intend(Accepted, Paid).NotAccepted(error, isTransient: true, Now, 3, Now),
                Intend(Accepted, Paid).NotAccepted(error, isTransient: false, Now, 3, Now),
                Intend(Accepted, Paid).OutcomeUnknown(error, Now, 3, Now),
                Intend(Accepted, Free).OutcomeUnknown(error, Now, 3, Now),
                Intend(Accepted, Paid).Interrupted(error, Now),
                Intend(Accepted, Free).Interrupted(error, Now),
            }.Select(generation =>
            {
                var last = generation.Log.Lines[^1];
                Assert.Equal((generation.Version, generation.Status), (last.Version, last.Status));
                Assert.Equal(error, last.Error);
                return last.Kind;
            }));
    }

    [Fact]
    public void A_note_changes_no_version_and_is_kept_once()
    {
        var waiting = Accepted.WithNote(LogKind.Waiting, "Busy.", Now).WithNote(LogKind.Waiting, "Busy.", Now);

        Assert.Equal(1, waiting.Version);
        Assert.Equal([LogKind.Accepted, LogKind.Waiting], waiting.Log.Lines.Select(line => line.Kind));
        Assert.Equal(
            [LogKind.Accepted, LogKind.Waiting, LogKind.AttemptStarted, LogKind.Waiting],
            Intend(waiting, Paid).WithNote(LogKind.Waiting, "Busy.", Now).Log.Lines.Select(line => line.Kind));
    }

    [Fact]
    public void Waits_that_change_their_reason_for_ever_leave_a_few_notes_only()
    {
        var generation = Accepted;
        for (var poll = 0; poll < 1000; poll++)
        {
            generation = generation.WithNote(LogKind.Waiting, $"Reason {poll}.", Now);
        }

        Assert.Equal(11, generation.Log.Lines.Length);
    }

    [Fact]
    public void A_full_log_drops_its_oldest_notes_first_and_then_the_oldest_lines_behind_the_start()
    {
        var generation = Accepted;
        for (var attempt = 0; attempt < 30; attempt++)
        {
            generation = Intend(generation.WithNote(LogKind.Waiting, "Busy.", Now), Free).Interrupted(Orders.Error(), Now);
        }

        Assert.False(generation.Log.IsTruncated);
        for (var attempt = 30; attempt < 96; attempt++)
        {
            generation = Intend(generation, Free).Interrupted(Orders.Error(), Now) with { Interruptions = 0 };
        }

        Assert.True(generation.Log.IsTruncated);
        Assert.Equal(GenerationLog.MaxLines, generation.Log.Lines.Length);
        Assert.Equal(generation.Version, generation.Log.Lines.Count(line => !line.IsNote));    // only notes had to go

        for (var attempt = 96; attempt < 300; attempt++)
        {
            generation = Intend(generation, Free).Interrupted(Orders.Error(), Now) with { Interruptions = 0 };
        }

        Assert.Equal(GenerationLog.MaxLines, generation.Log.Lines.Length);
        Assert.Equal(LogKind.Accepted, generation.Log.Lines[0].Kind);
        Assert.Equal(generation.Version, generation.Log.Lines[^1].Version);
        Assert.Equal(generation.Version - 179, generation.Log.Lines[20].Version);
    }

    private static Generation Intend(Generation generation, BackendTraits traits) =>
        generation.Intend(Orders.Model("backend"), traits, new RenderPlan("provider"), Now);
}
