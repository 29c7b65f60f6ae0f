using Spectre.Console;

namespace VideoGen.LocalCluster;

/// <summary>Shows the cluster: a table that is redrawn in place on a terminal, else one line per change.</summary>
internal static class Screen
{
    private static readonly TimeSpan Redraw = TimeSpan.FromSeconds(1);

    public static Task ShowAsync(Cluster cluster, LaunchOptions options, Func<Task> run) =>
        Console.IsOutputRedirected ? ShowLinesAsync(cluster, options, run) : ShowTableAsync(cluster, options, run);

    private static async Task ShowLinesAsync(Cluster cluster, LaunchOptions options, Func<Task> run)
    {
        Console.Out.WriteLine(Heading(options));
        cluster.Changed += status => Console.Out.WriteLine(Line(status));
        await run();
    }

    private static Task ShowTableAsync(Cluster cluster, LaunchOptions options, Func<Task> run)
    {
        AnsiConsole.WriteLine(Heading(options));
        return AnsiConsole.Live(TableOf(cluster.Statuses)).StartAsync(async live =>
        {
            using var timer = new PeriodicTimer(Redraw);
            for (var running = run(); ;)
            {
                live.UpdateTarget(TableOf(cluster.Statuses));
                if (running.IsCompleted)
                {
                    await running;
                    return;
                }

                await Task.WhenAny(running, timer.WaitForNextTickAsync().AsTask());
            }
        });
    }

    private static string Heading(LaunchOptions options)
    {
        var addresses = Enumerable.Range(options.Port, options.Apis).Select(port => $"http://localhost:{port}");
        var logs = Path.Combine(options.DataDirectory, "logs");
        return $"VideoGen cluster: {string.Join(", ", addresses)}. Logs: {logs}. Ctrl-C stops it.";
    }

    private static string Line(ProcessStatus status)
    {
        var remark = status.Remark is null ? "" : ": " + status.Remark;
        return $"{status.Plan.Name} {status.StateText} "
            + $"(pid {status.IdText}, port {status.Plan.Port}, restarts {status.Restarts}){remark}";
    }

    private static Table TableOf(IEnumerable<ProcessStatus> statuses)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("name", "pid", "port", "state", "restarts", "");
        foreach (var status in statuses)
        {
            table.AddRow(
                new Text(status.Plan.Name),
                new Text(status.IdText),
                new Text($"{status.Plan.Port}"),
                new Text(status.StateText, new Style(ColorOf(status.State))),
                new Text($"{status.Restarts}"),
                new Text(status.Remark ?? "").Overflow(Overflow.Ellipsis));
        }

        return table;
    }

    private static Color ColorOf(ProcessState state) => state switch
    {
        ProcessState.Ready => Color.Green,
        ProcessState.Down or ProcessState.NotReady => Color.Red,
        ProcessState.NotStarted or ProcessState.Stopped => Color.Grey,
        _ => Color.Yellow,
    };
}
