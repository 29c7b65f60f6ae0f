using System.Net;
using System.Net.Sockets;
using VideoGen.ServiceDefaults;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Hosting;

/// <summary>How the built program starts, or says why it does not.</summary>
[Trait("Starts", "processes")]
public sealed class LauncherTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    [Fact]
    public async Task Help_prints_usage_and_settings()
    {
        using var run = await RunAsync("VideoGen.Api", ["--help"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
        Assert.Contains("VideoGen__DataDirectory", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PORT", "http", "PORT must be a number from 0 to 65535.")]
    [InlineData("PORT", "70000", "PORT must be a number from 0 to 65535.")]
    [InlineData("VideoGen__Media__MaxUploadBytes", "-1", "A setting is invalid. VideoGen__Media__MaxUploadBytes: ")]
    [InlineData("VideoGen__Media__MaxUploadBytes", "ten", "A setting is invalid.")]
    [InlineData("VideoGen__DataDirectory", "", "A setting is invalid. VideoGen__DataDirectory: ")]
    [InlineData("VideoGen__DataDirectory", "/proc/x",
        "A setting is invalid. VideoGen__DataDirectory: /proc/x cannot be created or written")]
    [InlineData("VideoGen__DataDirectory", "/dev/null",
        "A setting is invalid. VideoGen__DataDirectory: /dev/null cannot be created or written")]
    [InlineData("VideoGen__Video__MaxConcurrent", "many", "A setting is invalid.")]
    [InlineData("HF_TOKEN", "Bearer hf_x", "HF_TOKEN is not a valid token")]
    [InlineData("ASPNETCORE_URLS", "localhost:80", "Invalid url: 'localhost:80'. Check ASPNETCORE_URLS")]
    [InlineData("ASPNETCORE_URLS", "https://127.0.0.1:0", "Unable to configure HTTPS endpoint.")]
    [InlineData("ASPNETCORE_URLS", "http://192.0.2.1:18080", "Cannot assign requested address. Check ASPNETCORE_URLS")]
    [InlineData("Kestrel__Endpoints__Main__Url", "localhost:80", "Invalid url: 'localhost:80'. Check ASPNETCORE_URLS")]
    [InlineData("Kestrel__Certificates__Default__Path", "/no/such.pfx",
        "Could not find a part of the path '/no/such.pfx'. Check ASPNETCORE_URLS")]
    [InlineData("Logging__LogLevel__Default", "Loud", "Configuration value 'Loud' is not supported. Check Logging__*.")]
    [InlineData("Orleans__Reminders__ProviderType", "Paper", "Could not find Reminders provider named 'Paper'.")]
    [InlineData("ConnectionStrings__redis", "127.0.0.1:1,frob=1", "ConnectionStrings__redis is malformed.")]
    [InlineData("ConnectionStrings__redis", "postgres://127.0.0.1", "ConnectionStrings__redis is malformed.")]
    public async Task A_wrong_setting_ends_the_start_with_one_sentence(string name, string value, string sentence)
    {
        using var run = await RunAsync("VideoGen.Api", [], null, (name, value));

        Assert.Equal(1, run.ExitCode);
        Assert.Single(run.Errors.Trim().Split('\n'));
        Assert.StartsWith(sentence, run.Errors, StringComparison.Ordinal);
        Assert.Equal(run.Errors, run.Output);    // nothing was started that had to be torn down
    }

    [Theory]
    [InlineData("VideoGen__DataDirectory", "/proc/x",
        "A setting is invalid. VideoGen__DataDirectory: /proc/x cannot be created or written")]
    [InlineData("HF_TOKEN", "Bearer hf_x", "HF_TOKEN is not a valid token")]
    [InlineData("ASPNETCORE_URLS", "localhost:80", "Invalid url: 'localhost:80'. Check ASPNETCORE_URLS")]
    [InlineData("VideoGen__Generation__Deadline", "soon", "A setting is invalid.")]
    public async Task A_silo_says_it_the_same_way(string name, string value, string sentence)
    {
        using var run = await RunAsync("VideoGen.Silo", [], null, ("ConnectionStrings__redis", "127.0.0.1:1"), (name, value));

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith(sentence, run.Errors, StringComparison.Ordinal);
        Assert.Equal(run.Errors, run.Output);
    }

    [Theory]
    [InlineData("exec \"$@\" >/dev/full")]
    [InlineData("exec \"$@\" >&-")]
    public async Task A_standard_output_that_takes_nothing_ends_the_start_with_one_sentence(string shell)
    {
        using var run = await RunAsync("VideoGen.Api", ["--urls", "http://127.0.0.1:0"], shell);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("Standard output cannot be written", run.Errors, StringComparison.Ordinal);
        Assert.Single(run.Errors.Trim().Split('\n'));
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

        using var run = await RunAsync("VideoGen.Api", ["--urls", $"http://{host}:{port}"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Matches(
            $"^Failed to bind to address http://.+:{port}: address already in use. Check ASPNETCORE_URLS [(]or --urls[)], PORT and [^\n]+$",
            run.Output.TrimEnd());
    }

    [Fact]
    public async Task Asking_for_the_paid_backend_without_a_token_ends_the_start_with_one_sentence()
    {
        using var run = await RunAsync("VideoGen.Api", ["--urls", "http://127.0.0.1:0"], null,
            ("VideoGen__Inference__Backend", "huggingface"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("HF_TOKEN", run.Errors, StringComparison.Ordinal);
        Assert.Equal(run.Errors, run.Output);
    }

    [Fact]
    public async Task Profiles_of_models_that_cannot_be_used_end_the_start_with_one_sentence()
    {
        using var run = await RunAsync("VideoGen.Api", ["--urls", "http://127.0.0.1:0"], null,
            ("VideoGen__Inference__Profiles", "/nowhere/models.json"));

        Assert.Equal(1, run.ExitCode);
        Assert.Matches(
            "^A setting is invalid. VideoGen:Inference:Profiles: [^\n]*/nowhere/models.json[^\n]*$", run.Output.TrimEnd());
    }

    [Fact]
    public async Task A_defect_ends_the_start_with_its_stack_trace_and_no_signal()
    {
        var before = Console.Error;
        using var errors = new StringWriter();
        Console.SetError(errors);
        try
        {
            Assert.Equal(70, await Launcher.RunAsync([], _ => throw new InvalidOperationException("a defect"), "", _ => ""));
        }
        finally
        {
            Console.SetError(before);
        }

        Assert.Contains("System.InvalidOperationException: a defect", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("   at VideoGen.ServiceDefaults.Launcher.RunAsync", errors.ToString(), StringComparison.Ordinal);
    }

    private static async Task<Run> RunAsync(
        string program, string[] arguments, string? shell = null, params (string Name, string Value)[] settings)
    {
        var data = new TemporaryDirectory();
        var process = ProductProcess.Start(program, arguments, [("VideoGen__DataDirectory", data.Path), .. settings], shell);
        return new Run(process, data, await process.ExitAsync(Patience));
    }

    private sealed record Run(ProductProcess Process, TemporaryDirectory Data, int ExitCode) : IDisposable
    {
        public string Errors => Process.Errors;

        public string Output => Process.Log;

        public void Dispose()
        {
            Process.Dispose();
            Data.Dispose();
        }
    }
}
