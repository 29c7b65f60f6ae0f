using System.Diagnostics;

namespace VideoGen.SystemTests.Storyboards;

/// <summary>
/// SIGKILL for any part at any moment, while storyboards render and are joined. <c>VIDEOGEN_CHAOS_ROUNDS</c> is the number of
/// kills of a long run, with a storyboard for every five; <c>VIDEOGEN_CHAOS_SEED</c> repeats one.
/// </summary>
[Collection(nameof(Alone))]
public sealed class BoardKillTests(ITestOutputHelper output)
{
    private const int ShortRun = 6;

    [Fact]
    public Task One_process_loses_no_storyboard_and_pays_for_no_shot_twice() => RunAsync(isCluster: false);

    [Fact]
    public Task A_cluster_loses_no_storyboard_and_pays_for_no_shot_twice() => RunAsync(isCluster: true);

    private async Task RunAsync(bool isCluster)
    {
        var seed = TestSettings.Seed ?? Environment.TickCount;
        var (kills, boards) = TestSettings.LongRounds is { } rounds ? (rounds, Math.Max(1, rounds / 5)) : (ShortRun, ShortRun);
        output.WriteLine($"{kills} kills over {boards} storyboards, seed {seed}");
        var (random, time) = (new Random(seed), Stopwatch.StartNew());
        await using var product = await MortalProduct.StartAsync(isCluster);
        List<string> ids = [];
        List<string> killed = [];
        for (var kill = 0; kill < kills; kill++)
        {
            if (ids.Count * kills <= kill * boards)
            {
                ids.Add(await product.Client.RenderBoardAsync(ShotsOf(ids.Count)));
            }

            await Task.Delay(random.Next(3000));    // the random moment is the test
            killed.Add(product.Parts[random.Next(product.Parts.Count)]);
            await product.KillAsync(killed[^1], random);
        }

        var audit = new BoardAudit(product);
        foreach (var id in ids)
        {
            await audit.EndAsync(id);
        }

        output.WriteLine($"{string.Join(", ", killed.CountBy(part => part).Select(part => $"{part.Value} × {part.Key}"))}: all "
            + $"completed after {time.Elapsed.TotalSeconds:0} s; {audit.Unknowns} unknown outcomes and {audit.Failures} failures "
            + "were retried");
        await audit.CheckAsync();
        output.WriteLine($"Checked after {time.Elapsed.TotalSeconds:0} s");
        Assert.True(audit.Unknowns <= kills, "More outcomes are unknown than kills can explain.");
    }

    /// <summary>A cut, the frame after the last, and a cross-fade; two of the shots are paid.</summary>
    private static string[] ShotsOf(int board) =>
    [
        Boards.Shot($"Board {board}, one.", Of(MortalProduct.Paid)),
        Boards.Shot($"Board {board}, two.", Boards.Previous + Of(MortalProduct.Free)),
        Boards.Shot($"Board {board}, three.", Boards.Fade() + Of(MortalProduct.Paid)),
    ];

    private static string Of(string model) => $$""","model":"{{model}}" """;
}
