using VideoGen.LoadTest.Driving;
using VideoGen.LoadTest.Soaking;

namespace VideoGen.LoadTest.Tests;

public sealed class VerdictTests
{
    private static readonly string[] Completed = ["completed"];

    [Fact]
    public void Nothing_is_wrong_when_all_is_well() =>
        Assert.Empty(Verdict.Of(Rounds(9), ["completed", "failed: outcome_unknown"], []));

    [Theory]
    [InlineData("failed: job_lost", "A generation ended as failed: job_lost.")]
    [InlineData("processing", "A generation ended as processing.")]
    public void An_end_that_is_not_honest_is_named(string outcome, string sentence) =>
        Assert.Equal([sentence], Verdict.Of(Rounds(3), ["completed", outcome], []));

    [Fact]
    public void A_soak_without_a_film_shows_nothing() =>
        Assert.Equal(["No film was completed."], Verdict.Of(Rounds(3), ["failed: outcome_unknown"], []));

    [Fact]
    public void A_file_of_nobody_is_named() =>
        Assert.Equal(["originals/x-1.mp4 belongs to nothing."], Verdict.Of(Rounds(3), Completed, ["originals/x-1.mp4"]));

    [Fact]
    public void What_lives_through_it_may_not_grow()
    {
        var rounds = Rounds(9, round => new() { ["api"] = new(200 + (25 * round), 300 + (40 * round)) });

        Assert.Equal(["api grew from 275 to 400 MB.", "api grew from 420 to 620 handles."], Verdict.Of(rounds, Completed, []));
    }

    [Fact]
    public void A_silo_is_too_young_to_be_judged() =>
        Assert.Empty(Verdict.Of(Rounds(9, round => new() { ["silo 1"] = new(200 + (100 * round), 300) }), Completed, []));

    [Fact]
    public void What_gets_slower_is_named()
    {
        var rounds = Rounds(9, latency: round => round < 6 ? 5 : 30);

        Assert.Equal(
            ["status took 5 ms in the second third of the rounds and 30 in the last."], Verdict.Of(rounds, Completed, []));
    }

    [Fact]
    public void One_busy_round_is_no_trend() =>
        Assert.Empty(Verdict.Of(Rounds(9, latency: round => round == 7 ? 500 : 5), Completed, []));

    [Fact]
    public void Few_rounds_say_nothing_about_latencies() =>
        Assert.Empty(Verdict.Of(Rounds(8, latency: round => round < 6 ? 5 : 500), Completed, []));

    [Fact]
    public void A_kind_of_request_that_nobody_answers_is_named() => Assert.Equal(
        ["Nothing of status was answered at the end."], Verdict.Of([.. Rounds(2), Round(answers: 0)], Completed, []));

    private static SoakRound[] Rounds(
        int count, Func<int, Dictionary<string, Footprint>>? footprints = null, Func<int, int>? latency = null) =>
        [.. Enumerable.Range(0, count).Select(number => Round(footprints?.Invoke(number), latency?.Invoke(number) ?? 5))];

    private static SoakRound Round(Dictionary<string, Footprint>? footprints = null, int milliseconds = 5, long answers = 100)
    {
        var latencies = LoadResult.NewHistogram();
        latencies.RecordValue(milliseconds * 1000L);
        return new(
            new Dictionary<string, LoadResult> { ["status"] = new(answers, TimeSpan.FromMinutes(1), latencies, []) },
            footprints ?? new() { ["api"] = new(200, 300), ["redis"] = new(13, 20) },
            DiskMegabytes: 6,
            Accepted: 20);
    }
}
