using VideoGen.FakeComfy;
using VideoGen.Silo.Backends.Models;

namespace VideoGen.Silo.Tests.Backends.ComfyUi;

/// <summary>What a ComfyUI server says about itself.</summary>
public sealed class ComfyStatusTests
{
    [Theory]
    [InlineData("0.36.0", null)]
    [InlineData("0.25.1", "cannot cancel a job in one step")]
    [InlineData("0.24.0", "does not take ids of ours")]
    public async Task It_has_a_version_and_what_that_lacks(string version, string? lacks)
    {
        await using var bench = await ComfyBench.StartAsync(new FakeComfyOptions { Version = version });

        var status = await ((IServerStatus)bench.Backend).GetServerStatusAsync(CancellationToken.None);

        Assert.Equal(($"ComfyUI {version}", null), (status.Software, status.Problem));
        Assert.Equal(lacks is null, status.Lacks is null);
        Assert.Contains(lacks ?? "", status.Lacks ?? "", StringComparison.Ordinal);
    }
}
