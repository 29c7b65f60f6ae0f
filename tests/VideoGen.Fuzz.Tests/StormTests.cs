using System.Globalization;
using VideoGen.Fuzz.Tests.Cases;
using VideoGen.Fuzz.Tests.Storm;

namespace VideoGen.Fuzz.Tests;

/// <summary>
/// Drives every operation of the OpenAPI document with right, wrong and absurd requests. VIDEOGEN_FUZZ_SEED repeats a run or
/// makes another one, VIDEOGEN_FUZZ_REQUESTS makes it longer.
/// </summary>
public sealed class StormTests(Target target, ITestOutputHelper output) : IClassFixture<Target>
{
    private const int Parallel = 12;
    private const long Gigabyte = 1024 * 1024 * 1024;

    private static readonly int Seed = Setting("VIDEOGEN_FUZZ_SEED", 20_261_124);
    private static readonly int Requests = Setting("VIDEOGEN_FUZZ_REQUESTS", 20_000);

    [Fact]
    public async Task Whatever_is_sent_is_answered_as_documented_and_a_normal_order_completes_after_it()
    {
        var findings = new Findings();
        var maker = new CaseMaker(target.Contract, target.Harvest, Seed);
        using var shooter = new Shooter(
            target.Api.Client.BaseAddress!, new Judge(target.Contract, [target.Api.DataDirectory]), target.Harvest, findings);

        await StormAsync(0, Requests / 4);
        var warm = target.WorkingSet;
        await StormAsync(Requests / 4, Requests);
        var end = target.WorkingSet;

        output.WriteLine(
            $"Seed {Seed}: {Requests} requests, {warm >> 20} MB after a quarter, {end >> 20} MB at the end. {findings.Statuses}");
        Assert.False(findings.Any, $"VIDEOGEN_FUZZ_SEED={Seed}\n{findings}");
        Assert.True(end < Math.Max(3 * warm, Gigabyte), $"It grew from {warm >> 20} to {end >> 20} MB.");
        Assert.Equal("completed", await target.OrderAsync("All is quiet again."));

        Task StormAsync(int from, int to) => System.Threading.Tasks.Parallel.ForEachAsync(
            Enumerable.Range(from, to - from),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel },
            async (number, token) => await shooter.ShootAsync(number, maker.Make(number), token));
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
