using VideoGen.LoadTest.Driving;

namespace VideoGen.LoadTest.Soaking;

/// <summary>One round of a soak: latencies by kind of request, and what each process held when it was over.</summary>
internal sealed record SoakRound(
    IReadOnlyDictionary<string, LoadResult> Results, IReadOnlyDictionary<string, Footprint> Footprints, long DiskMegabytes,
    int Accepted)
{
    public string Row(int number) => FormattableString.Invariant(
        $"| {number} | {Latencies} | {Failures} | {Held} | {DiskMegabytes}, {Accepted} |");

    private string Held => $"{Each(print => print.Megabytes)} | {Each(print => print.Handles)}";

    private string Latencies => string.Join("; ", Results.Select(kind => FormattableString.Invariant(
        $"{kind.Key} {kind.Value.Milliseconds(50):0} / {kind.Value.Milliseconds(99):0} / {kind.Value.Milliseconds(99.9):0}")));

    private string Failures => string.Join("; ", Results.Where(kind => !kind.Value.Failures.IsEmpty).Select(kind =>
        $"{kind.Key}: {string.Join(", ", kind.Value.Failures.Select(failure => $"{failure.Value} {failure.Key}"))}"));

    private string Each(Func<Footprint, long> measure) =>
        string.Join(" + ", Footprints.Select(print => $"{print.Key} {measure(print.Value)}"));
}
