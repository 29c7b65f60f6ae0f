using System.Net;
using System.Net.Sockets;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Hosting;

/// <summary>How the built program starts, or says why it does not.</summary>
public sealed class LauncherTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Help_prints_usage_and_settings()
    {
        var (exitCode, output) = await RunAsync(["--help"]);

        Assert.Equal(0, exitCode);
        Assert.Contains("Usage:", output, StringComparison.Ordinal);
        Assert.Contains("VideoGen__DataDirectory", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PORT", "http", "PORT must be a number from 0 to 65535.")]
    [InlineData("PORT", "70000", "PORT must be a number from 0 to 65535.")]
    [InlineData("VideoGen__Media__MaxUploadBytes", "-1", "A setting is wrong.")]
    [InlineData("VideoGen__Media__MaxUploadBytes", "ten", "A setting is wrong.")]
    public async Task A_wrong_setting_ends_the_start_with_one_sentence(string name, string value, string sentence)
    {
        var (exitCode, output) = await RunAsync([], (name, value));

        Assert.Equal(1, exitCode);
        Assert.StartsWith(sentence, Assert.Single(output.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_ends_the_start_with_one_sentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var (exitCode, output) = await RunAsync(["--urls", $"http://{other.LocalEndpoint}"]);

        Assert.Equal(1, exitCode);
        Assert.Equal("The port is taken by another program. Stop it, or set PORT to a free one.", output.TrimEnd());
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(
        string[] arguments, params (string Name, string Value)[] settings)
    {
        using var data = new TemporaryDirectory();
        using var process = ProductProcess.Start("VideoGen.Api", arguments, [("VideoGen__DataDirectory", data.Path), .. settings]);
        return (await process.ExitAsync(Patience), process.Log);
    }
}
