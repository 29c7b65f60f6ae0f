namespace VideoGen.LoadTest.Soaking;

/// <summary>
/// What a soak has to show: nothing lost, nothing left lying about, and that which lives through all of it does not grow. Silos
/// are killed in turn, so that none of them is old enough to tell; the APIs and Redis are. In a long soak, nothing gets slower
/// either.
/// </summary>
internal static class Verdict
{
    /// <summary>
    /// A kill may hit a submit that is under way: then the service says that it does not know, and the user decides.
    /// </summary>
    private static readonly string[] HonestEnds = ["completed", "failed: outcome_unknown"];

    /// <summary>Compilers and caches still fill in the first minutes, and what was accepted takes room in Redis.</summary>
    private const double Growth = 1.25;

    private const long SmallMegabytes = 40;
    private const long SmallHandles = 60;

    /// <summary>
    /// A busy minute of the machine is no trend: latencies are judged by medians of a third of this many rounds.
    /// </summary>
    private const int EnoughForLatencies = 9;

    private const double Slowing = 2;
    private const double SmallMilliseconds = 10;

    /// <summary>Sentences about what is wrong; none when all is well.</summary>
    public static IReadOnlyList<string> Of(
        IReadOnlyList<SoakRound> rounds, IReadOnlyList<string> outcomes, IReadOnlyList<string> strays)
    {
        List<string> wrong =
        [
            .. outcomes.Except(HonestEnds).Select(outcome => $"A generation ended as {outcome}."),
            .. strays.Select(file => $"{file} belongs to nothing."),
        ];
        if (!outcomes.Contains("completed"))
        {
            wrong.Add("No film was completed.");
        }

        var (early, late) = (rounds[Math.Min(rounds.Count / 3, rounds.Count - 1)], rounds[^1]);
        foreach (var name in late.Footprints.Keys.Where(name => !name.StartsWith("silo", StringComparison.Ordinal)))
        {
            Compare(name, "MB", early.Footprints[name].Megabytes, late.Footprints[name].Megabytes, SmallMegabytes);
            Compare(name, "handles", early.Footprints[name].Handles, late.Footprints[name].Handles, SmallHandles);
        }

        if (rounds.Count >= EnoughForLatencies)
        {
            wrong.AddRange(late.Results.Keys.Select(Slower).OfType<string>());
        }

        wrong.AddRange(late.Results.Where(kind => kind.Value.Answers == 0)
            .Select(kind => $"Nothing of {kind.Key} was answered at the end."));
        return wrong;

        string? Slower(string kind)
        {
            var third = rounds.Count / 3;
            var (before, after) = (Typical(kind, rounds.Skip(third).Take(third)), Typical(kind, rounds.TakeLast(third)));
            return after > (before * Slowing) + SmallMilliseconds
                ? FormattableString.Invariant(
                    $"{kind} took {before:0} ms in the second third of the rounds and {after:0} in the last.")
                : null;
        }

        void Compare(string name, string what, long before, long after, long small)
        {
            if (after > before * Growth + small)
            {
                wrong.Add($"{name} grew from {before} to {after} {what}.");
            }
        }
    }

    private static double Typical(string kind, IEnumerable<SoakRound> rounds)
    {
        double[] medians =
        [
            .. rounds.Where(round => round.Results.ContainsKey(kind)).Select(round => round.Results[kind].Milliseconds(50))
                .Order(),
        ];
        return medians.Length == 0 ? 0 : medians[medians.Length / 2];
    }
}
