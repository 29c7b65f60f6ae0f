using System.Collections.Concurrent;
using System.Diagnostics;
using VideoGen.FakeHub;
using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Running;
using VideoGen.LoadTest.Scenarios;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Faults;

/// <summary>
/// Paid orders, one fault or none for each, on three silos and two APIs, while processes are stopped and killed. At the end both
/// sides' books are laid beside each other.
/// </summary>
internal static class FaultRun
{
    private const int Silos = 3;

    /// <summary>Orders that have not ended; more only make each look at them dearer.</summary>
    private const int Unfinished = 160;

    private const int MostMappingFaults = 2;

    private static readonly (string, string)[] Settings =
    [
        ("VideoGen__Inference__MaxConcurrent", "64"),
        ("VideoGen__Inference__FirstProbeDelay", "00:00:01"),
        ("VideoGen__Generation__PollInterval", "00:00:00.200"),
        ("VideoGen__Generation__MaxPollInterval", "00:00:01"),
        ("VideoGen__Generation__FirstRetryDelay", "00:00:00.100"),
        ("VideoGen__Generation__MaxRetryDelay", "00:00:05"),
        ("VideoGen__Generation__SuspectTime", "00:00:04"),
        ("VideoGen__HuggingFace__SubmitTimeout", "00:00:30"),
        ("VideoGen__HuggingFace__DownloadIdleTimeout", "00:00:03"),
        ("VideoGen__HuggingFace__MaxResultBytes", "4000000"),
        ("Logging__Console__FormatterName", "simple"),
        ("Logging__Console__FormatterOptions__SingleLine", "true"),
        ("Logging__Console__FormatterOptions__TimestampFormat", "HH:mm:ss.fff "),
    ];

    /// <exception cref="InvalidOperationException">Not all points hold.</exception>
    public static async Task RunAsync(LoadOptions options)
    {
        Report.Title($"faults, {options.Generations} orders, seed {options.Seed}");
        var clock = Stopwatch.StartNew();
        await using var deployment = await Deployment.StartAsync(
            Silos, apis: 2, new HubSettings { QueueSeconds = 0.05, RenderSeconds = 0.3, ShapedFilms = true },
            appendFsync: "always", settings: Settings);
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(options.Minutes));
        var users = new Users([.. deployment.Apis.Select(api => api.Client)], await deployment.Client.UploadAsync());
        var disruptions = new Disruptions(deployment, new Random(options.Seed), options.Generations);
        var stories = await LiveAsync(deployment, users, disruptions, options, bound.Token);

        var faults = stories.Count(story => story.Fault is not null);
        Report.Say($"\n{clock.Elapsed.TotalMinutes:0.0} minutes; {faults} orders met a fault");
        Report.Say($"{Counted(disruptions.Done)}");
        Report.Say($"seen by users before their retry or at the end: {Counted(stories.SelectMany(story => story.Codes))}");
        var retries = stories.Sum(story => story.Log.Count(line => line.Kind == "retried"));
        Report.Say($"{retries} retries; {users.Disappointments} times no answer\n");
        FaultReport.Print([
            .. new FaultVerdict(stories, disruptions.Kills).Points,
            new Point("every stopped process ended in order", disruptions.Unclean),
        ], stories, deployment);
    }

    private static string Counted(IEnumerable<string> words) =>
        string.Join(", ", words.CountBy(word => word).Select(count => $"{count.Value} × {count.Key}"));

    private static async Task<IReadOnlyList<Story>> LiveAsync(
        Deployment deployment, Users users, Disruptions disruptions, LoadOptions options, CancellationToken end)
    {
        var (deck, life) = (new FaultDeck(new Random(options.Seed)), new OrderLife(deployment.Hub, users));
        var stories = new ConcurrentQueue<Story>();
        var ended = 0;
        using var places = new SemaphoreSlim(Unfinished);
        var disrupting = disruptions.RunAsync(() => Volatile.Read(ref ended), end);
        List<Task> lives = [];
        for (var number = 1; number <= options.Generations && !end.IsCancellationRequested; number++)
        {
            await places.WaitAsync(CancellationToken.None);
            lives.Add(LifeAsync($"Order {number:00000}: the fox waves.", DealFor(deployment.Hub, deck)));
        }

        await Task.WhenAll(lives);
        await disrupting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return disrupting.IsFaulted
            ? throw disrupting.Exception
            : [.. stories.OrderBy(story => story.Script, StringComparer.Ordinal).Select(life.Booked)];

        async Task LifeAsync(string script, Fault? fault)
        {
            try
            {
                stories.Enqueue(await life.LiveAsync(script, fault, end));
                Interlocked.Increment(ref ended);
            }
            finally
            {
                places.Release();
            }
        }
    }

    /// <summary>A fault of the mapping waits for a silo that asks, and those that wait must not become many.</summary>
    private static Fault? DealFor(FakeHubServer hub, FaultDeck deck) => deck.Deal() is { } fault
        && !(fault.IsOfMapping && hub.Faults.Rules.Count(rule => new Fault(rule).IsOfMapping) >= MostMappingFaults)
            ? fault
            : null;
}
