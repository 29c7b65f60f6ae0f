using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using VideoGen.Testing;

namespace VideoGen.LocalCluster.Tests;

/// <summary>The supervision, of shells instead of silos.</summary>
public sealed class ClusterTests : IAsyncDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly ProcessStarter _starter = new();
    private readonly ConcurrentQueue<ProcessStatus> _changes = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _kill = new();
    private Task _running = Task.CompletedTask;

    [Fact]
    public async Task A_process_that_ends_is_started_again_and_says_why()
    {
        Start(Shell("silo-1", Tier.Silo, "echo began; echo 'Out of luck.' >&2; exit 3"));

        await Processes.UntilAsync(() => Changes("silo-1", ProcessState.Down).Count() > 1, () => "It is not started again.");

        var downs = Changes("silo-1", ProcessState.Down).ToArray();
        var (first, second) = (downs[0], downs[1]);
        Assert.Equal("exit 3: Out of luck.; again in 1 s", first.Remark);
        Assert.Equal("exit 3: Out of luck.; again in 2 s", second.Remark);
        Assert.Equal((0, 1), (first.Restarts, second.Restarts));
    }

    [Fact]
    public async Task A_program_that_is_missing_is_named_and_does_not_stop_the_others()
    {
        Start(
            Shell("silo-1", Tier.Silo, "exec sleep 600"),
            Shell("api-1", Tier.Api, "") with { Command = ["/nowhere/dotnet"] });

        await Processes.UntilAsync(() => Changes("api-1", ProcessState.Down).Any(), () => "It is not down.");

        Assert.Contains("/nowhere/dotnet", Changes("api-1", ProcessState.Down).First().Remark!, StringComparison.Ordinal);
        Assert.True(Processes.Run(Changes("silo-1", ProcessState.Starting).First().Id!.Value));
    }

    [Fact]
    public async Task Stopping_asks_APIs_first_then_silos_then_the_store_and_leaves_no_process()
    {
        using var answering = new TcpListener(IPAddress.Loopback, 0);
        answering.Start();
        var answer = AnswerPingAsync(answering);
        Start(
            Shell("store", Tier.Store, "exec sleep 600") with { Health = new Uri($"redis://{answering.LocalEndpoint}") },
            Shell("silo-1", Tier.Silo, "exec sleep 600"),
            Shell("silo-2", Tier.Silo, "exec sleep 600"),
            Shell("api-1", Tier.Api, "exec sleep 600"));
        await StartedAsync("api-1", "silo-1", "silo-2");
        await answer;

        await _stop.CancelAsync();
        await _running;

        var stopped = _changes.Where(change => change.State is ProcessState.Stopped).Select(change => change.Plan.Tier);
        Assert.Equal([Tier.Api, Tier.Silo, Tier.Silo, Tier.Store], stopped);
        Assert.DoesNotContain(_changes, change => change.Id is { } id && Processes.Run(id));
    }

    [Fact]
    public async Task A_process_that_does_not_listen_is_killed_with_the_second_Ctrl_C()
    {
        Start(Shell("silo-1", Tier.Silo, "trap '' TERM; touch trapped; while :; do read -t 600 line < fifo; done"));
        await StartedAsync("silo-1");
        await Processes.UntilAsync(() => File.Exists(Path.Combine(_folder.Path, "trapped")), () => "The shell does not begin.");
        var id = Changes("silo-1", ProcessState.Starting).First().Id!.Value;

        await _stop.CancelAsync();
        await Processes.UntilAsync(() => Changes("silo-1", ProcessState.Stopping).Any(), () => "It is not asked to stop.");
        Assert.True(Processes.Run(id));
        await _kill.CancelAsync();
        await _running;

        Assert.False(Processes.Run(id));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _kill.CancelAsync();
        await _running;
        await _starter.DisposeAsync();
        _stop.Dispose();
        _kill.Dispose();
        _folder.Dispose();
    }

    private void Start(params ProcessPlan[] plans)
    {
        var cluster = new Cluster(plans, _starter, TimeProvider.System);
        cluster.Changed += _changes.Enqueue;
        _running = cluster.RunAsync(_stop.Token, _kill.Token);
    }

    private static async Task AnswerPingAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await client.GetStream().WriteAsync("+PONG\r\n"u8.ToArray());
    }

    private async Task StartedAsync(params string[] names) => await Processes.UntilAsync(
        () => names.All(name => Changes(name, ProcessState.Starting).Any()), () => "They are not started.");

    private IEnumerable<ProcessStatus> Changes(string name, ProcessState state) =>
        _changes.Where(change => change.Plan.Name == name && change.State == state);

    private ProcessPlan Shell(string name, Tier tier, string script) => new(
        name, tier, new Uri("http://127.0.0.1:1/ready"),
        ["/bin/bash", "-c", $"cd {_folder.Path}; [ -p fifo ] || mkfifo fifo; {script}"],
        new Dictionary<string, string>(), Path.Combine(_folder.Path, name + ".log"));
}
