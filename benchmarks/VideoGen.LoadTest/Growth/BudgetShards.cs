using VideoGen.LoadTest.Measuring;

namespace VideoGen.LoadTest.Growth;

/// <summary>What several budgets for one backend would gain, and what becomes of the order of acceptance: a simulation.</summary>
internal static class BudgetShards
{
    private const int Slots = 64;
    private const int Seed = 20261128;
    private static readonly int[] Shards = [1, 4, 16];

    public static Task RunAsync()
    {
        Fill(20_000, 4).RunToTheEnd();    // for the compiler
        Drain();
        Flow();
        HeldSlots.Run();
        return Task.CompletedTask;
    }

    /// <summary>A long queue, from its first to its last.</summary>
    private static void Drain()
    {
        Report.Title($"1. several budgets, a queue of this length until it is empty, {Slots} slots in all");
        Report.Head(
            "waiting", "shards", "admitted and released/s of CPU", "MB",
            "out of order by, median", "99 %", "of all", "idle slots");
        foreach (var waiting in (int[])[10_000, 100_000, 1_000_000])
        {
            foreach (var shards in Shards)
            {
                var (held, before) = (GC.GetTotalMemory(forceFullCollection: true), Environment.CpuUsage.TotalTime);
                var budget = Fill(waiting, shards);
                var filling = Environment.CpuUsage.TotalTime - before;
                held = GC.GetTotalMemory(forceFullCollection: true) - held;
                before = Environment.CpuUsage.TotalTime;
                budget.Resume();
                budget.RunToTheEnd();
                var spent = filling + Environment.CpuUsage.TotalTime - before;
                var moved = budget.Granted.Index()
                    .Select(granted => Math.Abs(granted.Item.Number - granted.Index)).Order().ToArray();
                var (median, most) = (moved[moved.Length / 2], moved[moved.Length * 99 / 100]);
                Report.Row(
                    $"{waiting:N0}", $"{shards}", $"{waiting / spent.TotalSeconds:N0}", $"{held / 1e6:N0}",
                    $"{median:N0}", $"{most:N0}", $"{(double)most / waiting:0.0%}", $"{budget.Idle / budget.Offered:0.0%}");
            }
        }
    }

    private static ShardedBudget Fill(int waiting, int shards)
    {
        var budget = new ShardedBudget(shards, Slots, Seed) { IsPaused = true };
        for (var number = 0; number < waiting; number++)
        {
            budget.Accept(number, at: 0);
        }

        return budget;
    }

    /// <summary>No queue to speak of: orders come at random at a share of what the slots can do.</summary>
    private static void Flow()
    {
        const int Orders = 50_000;
        Report.Head("orders, of what the slots can do", "shards", "slots each", "wait for a slot, mean s", "99 % s");
        foreach (var load in (double[])[0.5, 0.8, 0.95])
        {
            foreach (var shards in Shards)
            {
                var (budget, random, at) = (new ShardedBudget(shards, Slots, Seed), new Random(Seed), 0.0);
                var accepted = new double[Orders];
                for (var number = 0; number < Orders; number++)
                {
                    at -= Math.Log(1 - random.NextDouble()) * 61 / (Slots * load);
                    accepted[number] = at;
                    budget.Accept(number, at);
                }

                budget.RunToTheEnd();
                var waits = budget.Granted.Select(granted => granted.At - accepted[granted.Number]).Order().ToArray();
                Report.Row(
                    $"{load:0 %}", $"{shards}", $"{Slots / shards}", $"{waits.Average():0.0}", $"{waits[Orders * 99 / 100]:0.0}");
            }
        }
    }
}
