using System.Text;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;

namespace VideoGen.Testing;

/// <summary>A script of NodeClients, with the official clients that test.sh installs from npm.</summary>
public static class NodeClient
{
    /// <summary>Runs a script to its end and returns the JSON that it prints.</summary>
    public static async Task<JsonElement> RunAsync(string script, params string[] arguments)
    {
        var result = await Command(script, arguments).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        return result.ExitCode == 0
            ? JsonDocument.Parse(result.StandardOutput).RootElement
            : throw new InvalidOperationException($"{script} failed; was npm ci run in NodeClients?\n{result.StandardError}");
    }

    /// <summary>Runs a script until it has printed a line of JSON, kills it, and returns what it printed.</summary>
    public static async Task<JsonElement> RunUntilItSpeaksAsync(string script, params string[] arguments)
    {
        var said = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var errors = new StringBuilder();
        using var kill = new CancellationTokenSource();
        var running = Command(script, arguments).WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(line => said.TrySetResult(line)))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(errors))
            .ExecuteAsync(kill.Token).Task as Task;
        await Task.WhenAny(said.Task, running);
        await kill.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return said.Task.IsCompletedSuccessfully
            ? JsonDocument.Parse(await said.Task).RootElement
            : throw new InvalidOperationException($"{script} said nothing.\n{errors}");
    }

    private static Command Command(string script, string[] arguments) => Cli.Wrap("node").WithArguments(
        [ProductProcess.InSolution("tests", "VideoGen.Testing", "NodeClients", script), .. arguments]);
}
