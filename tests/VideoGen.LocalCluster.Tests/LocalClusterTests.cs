using System.Globalization;
using System.Text.RegularExpressions;
using VideoGen.Testing;

namespace VideoGen.LocalCluster.Tests;

/// <summary>The program as it is run.</summary>
public sealed partial class LocalClusterTests
{
    private static readonly string[] Programs = ["VideoGen.Silo", "VideoGen.Api"];

    [Fact]
    public async Task It_forms_a_cluster_brings_a_killed_silo_back_and_leaves_nothing_behind()
    {
        using var folder = new TemporaryDirectory();
        using var program = Start(folder, ("PORT", $"{ApiProcess.FreePort()}"));
        try
        {
            await ShowsAsync(program, "api-1 ready");
            await ShowsAsync(program, "silo-1 ready");
            using var silo = System.Diagnostics.Process.GetProcessById(Ids(program.Log, "silo-1 ready").Single());

            silo.Kill();

            await ShowsAsync(program, @"silo-1 down \(.*\): killed by signal 9; again in 1 s");
            await ShowsAsync(program, @"silo-1 ready \(.*restarts 1\)");
        }
        finally
        {
            Assert.Equal(0, await program.StopAsync(TimeSpan.FromSeconds(180)));
        }

        Assert.DoesNotContain(Ids(program.Log, "").Distinct(), Processes.Run);
    }

    [Fact]
    public async Task Processes_do_not_outlive_the_program_when_it_is_killed()
    {
        using var folder = new TemporaryDirectory();
        using var program = Start(folder, ("PORT", $"{ApiProcess.FreePort()}"));
        await ShowsAsync(program, "silo-1 starting");

        await program.KillAsync();

        var ids = Ids(program.Log, "").Distinct().ToArray();
        await Processes.UntilAsync(() => !ids.Any(Processes.Run), () => "There are orphans.");
        Assert.True(ids.Length > 1);
    }

    [Fact]
    public async Task Two_clusters_do_not_share_a_directory()
    {
        using var folder = new TemporaryDirectory();
        using var first = Start(folder, ("PORT", $"{ApiProcess.FreePort()}"));
        await ShowsAsync(first, "redis starting");

        using var second = Start(folder, ("PORT", $"{ApiProcess.FreePort()}"));

        Assert.Equal(1, await second.ExitAsync(TimeSpan.FromSeconds(180)));
        Assert.StartsWith("Another cluster runs in ", second.Log.Trim(), StringComparison.Ordinal);
        Assert.Equal(0, await first.StopAsync(TimeSpan.FromSeconds(180)));
    }

    private static ProductProcess Start(TemporaryDirectory folder, params (string, string)[] settings)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var root = output.Parent!.Parent!.Parent!.Parent!.Parent!;    // {root}/tests/{project}/bin/{configuration}/{framework}
        var programs = Directory.CreateDirectory(Path.Combine(folder.Path, "programs"));
        foreach (var program in Programs.Where(name => !Directory.Exists(Path.Combine(programs.FullName, name))))
        {
            Directory.CreateSymbolicLink(
                Path.Combine(programs.FullName, program),
                Path.Combine(root.FullName, program, "bin", output.Parent.Name, output.Name));
        }

        return ProductProcess.Start(
            "VideoGen.LocalCluster", ["--programs", programs.FullName, "--silos", "1", "--apis", "1"],
            [("VideoGen__DataDirectory", folder.Path), .. settings]);
    }

    private static Task ShowsAsync(ProductProcess program, string pattern) =>
        Processes.UntilAsync(() => Regex.IsMatch(program.Log, pattern), () => program.Log);

    private static IEnumerable<int> Ids(string log, string line) => log.Split('\n')
        .Where(text => text.StartsWith(line, StringComparison.Ordinal))
        .Select(text => Id().Match(text))
        .Where(id => id.Success)
        .Select(id => int.Parse(id.Groups[1].ValueSpan, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\(pid (\d+),")]
    private static partial Regex Id();
}
