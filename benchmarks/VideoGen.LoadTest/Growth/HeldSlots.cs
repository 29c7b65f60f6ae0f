using VideoGen.Grains.RenderSlots;
using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Seeding;

namespace VideoGen.LoadTest.Growth;

/// <summary>
/// What one question to a full budget costs by how many hold a slot, with and without looking for new holders after it: that
/// walks all holders, which is why the grain does it only when they have changed.
/// </summary>
internal static class HeldSlots
{
    private const int Waiting = 10_000;
    private const int Questions = 20_000;

    public static void Run()
    {
        Report.Head("slots held", "a question, CPU µs", "without the comparison µs");
        foreach (var slots in (int[])[4, 64, 1000])
        {
            var budget = SlotQueue.Empty;
            for (var number = 0; number < slots + Waiting; number++)
            {
                budget = budget.Join(SeededHistory.IdAt(number), DateTimeOffset.UnixEpoch.AddSeconds(number));
            }

            budget = budget.Grant(slots);
            _ = Micros(budget, slots, isCompared: true);    // for the compiler
            var (all, rest) = (Micros(budget, slots, isCompared: true), Micros(budget, slots, isCompared: false));
            Report.Row($"{slots:N0}", $"{all:0.0}", $"{rest:0.0}");
        }
    }

    private static double Micros(SlotQueue budget, int slots, bool isCompared)
    {
        var before = Environment.CpuUsage.TotalTime;
        for (var question = 0; question < Questions; question++)
        {
            var id = SeededHistory.IdAt(slots + (question % Waiting));
            var next = budget.Join(id, DateTimeOffset.UnixEpoch).Grant(slots);
            if ((isCompared && !next.Holders.Except(budget.Holders).IsEmpty) || next.PositionOf(id) == 0)
            {
                throw new InvalidOperationException("The budget was not full.");
            }
        }

        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / Questions;
    }
}
