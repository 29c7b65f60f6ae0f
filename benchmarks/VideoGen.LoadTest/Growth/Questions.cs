using VideoGen.Grains.RenderSlots;
using VideoGen.LoadTest.Measuring;

namespace VideoGen.LoadTest.Growth;

/// <summary>
/// How often a queue asks its budget in a second: the sum over all places of one through the mean of what
/// <see cref="PollBackoff"/> says for the place; beside it what it was when all but the head asked every 22.5 s on average, and
/// the reminders, of which each unfinished generation has one a minute. Computed, not measured.
/// </summary>
internal static class Questions
{
    private const int Draws = 16;

    public static Task RunAsync()
    {
        Report.Title("2. questions of those who wait");
        Report.Head("waiting", "as often at any place", "4 slots", "64 slots", "reminders that tick");
        foreach (var waiting in (int[])[1_000, 10_000, 100_000, 1_000_000])
        {
            var alike = (PollBackoff.Head / 2.0) + ((waiting - PollBackoff.Head) / 22.5);
            var (few, many, reminders) = (Rate(waiting, 4), Rate(waiting, 64), waiting / 60.0);
            Report.Row($"{waiting:N0}", $"{alike:N0}/s", $"{few:N0}/s", $"{many:N0}/s", $"{reminders:N0}/s");
        }

        return Task.CompletedTask;
    }

    private static double Rate(int waiting, int slots) =>
        Enumerable.Range(1, waiting).Sum(place => 1 / MeanSeconds(place, slots));

    private static double MeanSeconds(int place, int slots) =>
        Enumerable.Range(0, Draws).Average(draw => PollBackoff.After(place, slots, (draw + 0.5) / Draws).TotalSeconds);
}
