using System.Net;
using System.Net.Sockets;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Hosting;

/// <summary>How the built program starts, or says why it does not.</summary>
public sealed class LauncherTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

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
        Assert.StartsWith(sentence, LastWord(output), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("*")]
    public async Task A_taken_port_ends_the_start_with_one_sentence_and_nothing_else(string host)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var (exitCode, output) = await RunAsync(["--urls", $"http://{host}:{port}"]);

        Assert.Equal(1, exitCode);
        Assert.Equal($"Port {port} is taken by another program. Stop it, or set PORT to a free one.", output.TrimEnd());
    }

    [Fact]
    public async Task Asking_for_the_paid_backend_without_a_token_ends_the_start_with_one_sentence()
    {
        var (exitCode, output) = await RunAsync(["--urls", "http://127.0.0.1:0"],
            ("VideoGen__Inference__Backend", "huggingface"));

        Assert.Equal(1, exitCode);
        Assert.Contains("HF_TOKEN", LastWord(output), StringComparison.Ordinal);
    }

    private static string LastWord(string output)
    {
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        return output.TrimEnd().Split('\n')[^1];
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(
        string[] arguments, params (string Name, string Value)[] settings)
    {
        using var data = new TemporaryDirectory();
        using var process = ProductProcess.Start(
            "VideoGen.Api", arguments, [("VideoGen__DataDirectory", data.Path), .. settings]);
        return (await process.ExitAsync(Patience), process.Log);
    }
}
