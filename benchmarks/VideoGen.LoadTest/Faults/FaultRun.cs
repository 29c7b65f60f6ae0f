using System.Collections.Concurrent;
using System.Diagnostics;
using VideoGen.FakeHub;
using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Running;
using VideoGen.LoadTest.Scenarios;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Faults;

/// <summary>
/// Paid orders, one fault or none for each, on three silos and two APIs, while processes are stopped and killed. At the end both sides'
/// books are laid beside each other.
/// </summary>
internal static class FaultRun
{
    private const int Silos = 3;

    /// <summary>Orders that have not ended; more only make each look at them dearer.</summary>
    private const int Unfinished = 160;

    private const int MostMappingFaults = 2;
    private const int MostComplaints = 10;

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
            Silos, apis: 2, new HubSettings { QueueSeconds = 0.05, RenderSeconds = 0.3, ShapedFilms = true }, appendFsync: "always",
            settings: Settings);
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(options.Minutes));
        var users = new Users([.. deployment.Apis.Select(api => api.Client)], await deployment.Client.UploadAsync());
        var disruptions = new Disruptions(deployment, new Random(options.Seed), options.Generations);
        var stories = await LiveAsync(deployment, users, disruptions, options, bound.Token);

        Report.Say($"\n{clock.Elapsed.TotalMinutes:0.0} minutes; {stories.Count(story => story.Fault is not null)} orders met a fault");
        Report.Say($"{string.Join(", ", disruptions.Done.CountBy(done => done).Select(done => $"{done.Value} × {done.Key}"))}");
        var failures = stories.SelectMany(story => story.Codes).CountBy(code => code).Select(code => $"{code.Value} × {code.Key}");
        Report.Say($"seen by users before their retry or at the end: {string.Join(", ", failures)}");
        Report.Say($"{stories.Sum(story => story.Log.Count(line => line.Kind == "retried"))} retries; {users.Disappointments} times no answer\n");
        Judge([
            .. new FaultVerdict(stories, disruptions.Kills).Points,
            new Point("every stopped process ended in order", disruptions.Unclean),
        ], stories, deployment);
    }

    private static async Task<IReadOnlyList<Story>> LiveAsync(
        Deployment deployment, Users users, Disruptions disruptions, LoadOptions options, CancellationToken end)
    {
        var (deck, stories) = (new FaultDeck(new Random(options.Seed)), new ConcurrentQueue<Story>());
        var accepted = 0;
        using var places = new SemaphoreSlim(Unfinished);
        var disrupting = disruptions.RunAsync(() => Volatile.Read(ref accepted), end);
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
            : [.. stories.OrderBy(story => story.Script, StringComparer.Ordinal).Select(story => Booked(story, deployment.Hub))];

        async Task LifeAsync(string script, Fault? fault)
        {
            try
            {
                stories.Enqueue(await LiveAsync(deployment.Hub, users, script, fault, () => Interlocked.Increment(ref accepted), end));
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

    private static async Task<Story> LiveAsync(
        FakeHubServer hub, Users users, string script, Fault? fault, Action accepted, CancellationToken end)
    {
        if (fault is not null)
        {
            hub.Faults.Add(fault.For(script));
        }

        var story = new Story(script, "", fault);
        try
        {
            story = story with { Id = await users.OrderAsync(script, end) };
            accepted();
            story = await FollowAsync(users, story, mayRetry: true, end);
            return story with { Log = LedgerLine.ReadAll(await users.GetAsync($"/generation/{story.Id}/log", end)) };
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return story;
        }
    }

    private static async Task<Story> FollowAsync(Users users, Story story, bool mayRetry, CancellationToken end)
    {
        var generation = await users.EndAsync(story.Id, end);
        if (generation.Text("status") == "completed")
        {
            return story with { Status = "completed", Video = await users.DownloadAsync(generation.Text("videoUrl")!, end) };
        }

        var error = generation.GetProperty("error");
        var failed = story with { Status = "failed", Codes = [.. story.Codes, error.Text("code")!] };
        if (!mayRetry || !error.GetProperty("retryable").GetBoolean())
        {
            return failed;
        }

        await users.RetryAsync(story.Id, end);
        return await FollowAsync(users, failed with { Status = "unfinished" }, mayRetry: false, end);
    }

    private static Story Booked(Story story, FakeHubServer hub) => story with
    {
        Submits =
        [
            .. hub.Submits.All.Where(submit => submit.Prompt == story.Script).Select(submit => new BookedSubmit(
                submit.At, submit.Fate, submit.JobId is { } id ? hub.Jobs.PhaseOf(hub.Jobs.Find(id)!) : null)),
        ],
    };

    private static void Judge(IReadOnlyList<Point> points, IReadOnlyList<Story> stories, Deployment deployment)
    {
        foreach (var point in points)
        {
            Report.Say($"{(point.Against.Count == 0 ? "ok   " : "WRONG")} {point.Text}");
            foreach (var complaint in point.Against.Take(MostComplaints))
            {
                Report.Say($"      {complaint}");
            }
        }

        if (points.All(point => point.Against.Count == 0))
        {
            return;
        }

        foreach (var story in stories.Where(story => points.Any(point => point.Against.Any(Names(story)))).Take(MostComplaints))
        {
            Tell(story, deployment);
        }

        throw new InvalidOperationException($"{points.Count(point => point.Against.Count > 0)} of {points.Count} points do not hold.");
    }

    private static Func<string, bool> Names(Story story) => complaint => complaint.StartsWith(story.ToString(), StringComparison.Ordinal);

    private static void Tell(Story story, Deployment deployment)
    {
        Report.Say($"\n{story}");
        foreach (var line in story.Log)
        {
            Report.Say($"  {line.At:HH:mm:ss.fff} {line.Attempt} {line.Kind}: {line.Message}");
        }

        foreach (var submit in story.Submits)
        {
            Report.Say($"  {submit.At:HH:mm:ss.fff} at the stand-in: {submit.Fate}, {submit.Phase}");
        }

        foreach (var line in story.Id.Length == 0 ? [] : deployment.LinesAbout(story.Id).TakeLast(MostComplaints * 4))
        {
            Report.Say($"  > {line}");
        }
    }
}
