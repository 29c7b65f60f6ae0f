using System.Diagnostics;
using VideoGen.Testing;

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
        var joins = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            if (ids.Count * kills <= kill * boards)
            {
                ids.Add(await product.Client.RenderBoardAsync(ShotsOf(ids.Count)));
            }

            if (await MomentAsync(product, ids, random))
            {
                joins++;
            }

            killed.Add(product.Parts[random.Next(product.Parts.Count)]);
            await product.KillAsync(killed[^1], random);
        }

        var audit = new BoardAudit(product);
        foreach (var id in ids)
        {
            await audit.EndAsync(id);
        }

        var parts = killed.CountBy(part => part).Select(part => $"{part.Value} × {part.Key}");
        output.WriteLine($"{string.Join(", ", parts)}, {joins} of them when a join had begun: all completed after "
            + $"{time.Elapsed.TotalSeconds:0} s; {audit.Unknowns} unknown outcomes and {audit.Failures} failures were retried");
        await audit.CheckAsync();
        output.WriteLine($"Checked after {time.Elapsed.TotalSeconds:0} s");
        Assert.True(audit.Unknowns < boards * 2, "The kills left hardly any outcome that is known.");
    }

    /// <summary>
    /// Waits for a random moment, every other time until the oldest storyboard in work is joined: kills that follow each other
    /// would let none get so far. Returns whether a join has begun.
    /// </summary>
    private static async Task<bool> MomentAsync(MortalProduct product, List<string> ids, Random random)
    {
        var isJoined = false;
        if (random.Next(2) == 0 && await OldestAsync(product, ids) is { } oldest)
        {
            var board = await product.Client.UntilAsync(oldest, one => one.Text("status") is not "rendering");
            isJoined = board.Text("status") == "joining";
        }

        await Task.Delay(random.Next(isJoined ? 1000 : 3000));    // the random moment is the test
        return isJoined;
    }

    private static async Task<string?> OldestAsync(MortalProduct product, List<string> ids)
    {
        foreach (var id in ids)
        {
            if ((await product.Client.GetBoardAsync(id)).Text("status") is "rendering" or "joining")
            {
                return id;
            }
        }

        return null;
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
