using VideoGen.Testing;

namespace VideoGen.LocalCluster.Tests;

public sealed class LaunchOptionsTests
{
    [Fact]
    public void Without_arguments_three_silos_and_two_APIs_are_started()
    {
        var options = LaunchOptions.Parse([], _ => null, out _)!;

        Assert.Equal((3, 2, 7860, false), (options.Silos, options.Apis, options.Port, options.FakeHub));
        Assert.Equal(Path.GetFullPath("data/cluster"), options.DataDirectory);
    }

    [Fact]
    public void What_is_not_ours_goes_on_to_silos_and_APIs()
    {
        string[] args = ["--silos", "2", "--VideoGen:Inference:MaxConcurrent", "8", "--fake-hub"];

        var options = LaunchOptions.Parse(args, _ => null, out _)!;
        using var folder = new TemporaryDirectory();
        var plans = ClusterPlan.For(options with { DataDirectory = folder.Path });

        Assert.Equal(["redis", "fake-hub", "silo-1", "silo-2", "api-1", "api-2"], plans.Select(plan => plan.Name));
        Assert.All(
            plans.Where(plan => plan.Tier != Tier.Store),
            plan => Assert.Equal(["--VideoGen:Inference:MaxConcurrent", "8"], plan.Command.TakeLast(2)));
        Assert.Equal(plans.Count, plans.Select(plan => plan.Port).Distinct().Count());
    }

    [Theory]
    [InlineData("--silos", "0")]
    [InlineData("--silos", "many")]
    [InlineData("--silos", "17")]
    [InlineData("--apis", "-1")]
    public void A_number_that_makes_no_cluster_is_named(string name, string number)
    {
        Assert.Null(LaunchOptions.Parse([name, number], _ => null, out var complaint));
        Assert.StartsWith(name + " must be a number from 1 to ", complaint, StringComparison.Ordinal);
    }
}
