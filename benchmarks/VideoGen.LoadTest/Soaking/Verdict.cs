namespace VideoGen.LoadTest.Soaking;

/// <summary>
/// What a soak has to show: nothing lost, nothing left lying about, and that which lives through all of it does not grow. Silos are
/// killed in turn, so that none of them is old enough to tell; the APIs and Redis are.
/// </summary>
internal static class Verdict
{
    /// <summary>A kill may hit a submit that is under way: then the service says that it does not know, and the user decides.</summary>
    private static readonly string[] HonestEnds = ["completed", "failed: outcome_unknown"];

    /// <summary>Compilers and caches still fill in the first minutes, and what was accepted takes room in Redis.</summary>
    private const double Growth = 1.25;

    private const long SmallMegabytes = 40;
    private const long SmallHandles = 60;

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

        wrong.AddRange(late.Results.Where(kind => kind.Value.Answers == 0)
            .Select(kind => $"Nothing of {kind.Key} was answered at the end."));
        return wrong;

        void Compare(string name, string what, long before, long after, long small)
        {
            if (after > before * Growth + small)
            {
                wrong.Add($"{name} grew from {before} to {after} {what}.");
            }
        }
    }
}
