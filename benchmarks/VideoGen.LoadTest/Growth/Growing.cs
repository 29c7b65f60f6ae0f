using VideoGen.LoadTest.Scenarios;

namespace VideoGen.LoadTest.Growth;

/// <summary>
/// What docs/scale.md says of sizes that no two cores can run, each from its hot part alone: pure code under a simulated clock
/// where the rules decide, and a real Redis where its time does.
/// </summary>
internal static class Growing
{
    public static async Task RunAsync(LoadOptions options)
    {
        foreach (var part in options.Parts)
        {
            await (part switch
            {
                1 => BudgetShards.RunAsync(),
                2 => Questions.RunAsync(),
                3 => ReminderReads.RunAsync(),
                4 => HistoryHeads.RunAsync(),
                5 => Members.RunAsync(),
                _ => throw new ArgumentOutOfRangeException(nameof(options), part, "There is no such part."),
            });
        }
    }
}
