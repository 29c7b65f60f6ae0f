using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using VideoGen.LoadTest.Faults;
using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Scenarios;
using VideoGen.LoadTest.Soaking;

namespace VideoGen.LoadTest;

/// <summary>The scenarios as commands, each with the options that mean something to it.</summary>
internal static class CommandLine
{
    private static readonly Option<double?> Seconds = Number("--seconds", "of each measurement [8]", least: 0.1);
    private static readonly Option<double?> WarmUp = Number("--warm-up", "seconds before it [6]", least: 0.0);
    private static readonly Option<int?> Connections = Number("--connections", "of the load [64]", least: 1);
    private static readonly Option<double?> Rate =
        Number("--rate", "requests a second for latencies [half of the highest rate]", least: 1.0);
    private static readonly Option<int?> Silos = Number("--silos", "0 is the standalone server [1]", least: 0);
    private static readonly Option<int?> Generations = Number("--generations", "how many instead", least: 1);
    private static readonly Option<int?> Orders = Number("--orders", "how many [2000]", least: 1);
    private static readonly Option<int?> Seed =
        Number("--seed", "of everything that is left to chance [another one each time]", least: 0);
    private static readonly Option<int?> Kills = Number("--kills", "of silos [3]", least: 1);
    private static readonly Option<int?> Minutes = Number("--minutes", "how many instead", least: 1);
    private static readonly Option<double?> Round = Number("--round", "seconds instead of a minute [60]", least: 10.0);
    private static readonly Option<int?> HeldGigabytes =
        Number("--hold-gb", "memory of the machine to take before each of them, so that all get fresh pages [0]", least: 0);
    private static readonly Option<int[]?> Entries = List("--entries", "stored generations [10,1000,100000,1000000]");
    private static readonly Option<int[]?> Over = List("--over", "numbers of silos [1,2,3]");
    private static readonly Option<string?> Only =
        new Option<string?>("--only") { Description = "one kind of request" }.AcceptOnlyFromAmong([.. Lists.Kinds]);
    private static readonly Option<bool> NoLimits =
        new("--no-limits") { Description = "do not measure the limits first, in the same run" };
    private static readonly Option<FileInfo?> Json =
        new("--json") { Description = "writes the figures there as well", HelpName = "FILE" };

    private static readonly Option[] Load = [Seconds, WarmUp, Connections];

    /// <summary>Those of the scenarios that measure <see cref="Limits"/> before, to be compared with.</summary>
    private static readonly Option[] Compared = [.. Load, NoLimits, Json];

    public static RootCommand Root => new(
        "Starts what it needs on the loopback interface, drives it, and prints tables in Markdown. Build with -c Release.")
    {
        New("limits", "A bare ASP.NET endpoint, a bare grain call, a plain Redis SET: what the others are to be compared with",
            new(), Limits.RunAsync, [.. Load, Json]),
        New("submit", "Durable submits", new(), Submits.RunAsync, [Rate, Silos, .. Compared]),
        New("status", "Status reads of a thousand generations", new(), Reads.RunAsync, [Rate, Silos, .. Compared]),
        New("list", "Lists of ten, status and submits over stored generations", new(), Lists.RunAsync,
            [Entries, Only, HeldGigabytes, Rate, Silos, .. Compared]),
        New("standalone", "Submits, status, lists, a mix on the embedded store: empty, with 100,000 unfinished, after a kill",
            new() { Generations = 100_000, Connections = 32 }, Standalone.RunAsync, [Generations, Rate, .. Compared]),
        New("life", "Every command that Redis is sent for a generation, from the order to the film", new(), (_, _) =>
            Lives.RunAsync(), []),
        New("pending", "Status and uploads on an idle service, and with 10,000 generations that wait",
            new() { Generations = 10_000 }, Pending.RunAsync, [Generations, Silos, .. Compared]),
        New("recovery", "Kills one of three silos, with 100 generations running", new() { Generations = 100 },
            (options, _) => Recovery.RunAsync(options), [Generations, Kills]),
        New("scale", "Submits and status reads over silos of this machine", new(), Scaling.RunAsync, [Over, .. Compared]),
        New("ceilings", "What cannot be spread over silos, and what reading all reminders costs: one history, one budget", new(),
            (options, _) => Ceilings.RunAsync(options), [Seconds]),
        New("redis-cluster", "200 generations on a Redis Cluster of three: what works, and which node has which keys",
            new() { Generations = 200 }, (options, _) => OnRedisCluster.RunAsync(options), [Generations]),
        New("rest", "A standalone server: its second start, and its memory when nobody uses it", new(), (_, _) =>
            Rest.RunAsync(), []),
        New("dialects", "The same work through the native API and the OpenAI dialect: the ratio of their CPU",
            new() { Connections = 8 }, (options, _) => Dialects.RunAsync(options), [.. Load]),
        New("mixed", "A minute of everything at once on three silos and two APIs", new(),
            (options, _) => Soak.RunAsync(options, isDeadly: false), [Minutes]),
        New("soak", "The same for 30 minutes, with a kill in each; fails when something is lost, left over or grows",
            new() { Minutes = 30 }, (options, _) => Soak.RunAsync(options, isDeadly: true), [Minutes, Round]),
        New("faults", "Paid orders with every fault of the provider that passes, while processes are stopped and killed; fails when "
            + "the books do not agree, or something paid for is lost",
            new() { Generations = 2_000, Minutes = 60 }, (options, _) => FaultRun.RunAsync(options), [Orders, Seed, Minutes]),
        New("all", "All of the above but redis-cluster, the soak and the faults, each of them short", new(),
            Everything.RunAsync, [.. Load, Json]),
        New("attack", "Slow uploads, decompression bombs and wrong keys at once, and what others notice of it", new(),
            (_, _) => Attack.RunAsync(), []),
        New("backlog", "Status, uploads and files on an idle server, and with 200 previews at once",
            new() { Generations = 200 }, Backlog.RunAsync, [Generations, .. Load, Json]),
        New("idle", "20,000 generations that are read once: how long they stay in memory", new() { Generations = 20_000 },
            (options, _) => Idle.RunAsync(options), [Generations, Connections]),
        New("watchers", "Event streams on 2,000 generations that run at a (stand-in) provider",
            new() { Generations = 2_000 }, Watchers.RunAsync, [Generations, .. Load, Json]),
    };

    private static Command New(
        string name, string description, LoadOptions defaults, Func<LoadOptions, Report, Task> run, Option[] options)
    {
        var command = new Command(name, description + ".");
        Array.ForEach(options, command.Add);
        command.SetAction(async (given, _) =>
        {
            var (told, report) = (Read(given, defaults), new Report());
            if (options.Contains(NoLimits) && !given.GetValue(NoLimits))
            {
                await Limits.RunAsync(told with { Seconds = TimeSpan.FromSeconds(4) }, report);
            }

            await run(told, report);
            if (given.GetValue(Json) is { } file)
            {
                await report.WriteAsync(file.FullName);
            }
        });
        return command;
    }

    private static LoadOptions Read(ParseResult given, LoadOptions defaults) => new()
    {
        Seconds = given.GetValue(Seconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : defaults.Seconds,
        WarmUp = given.GetValue(WarmUp) is { } warmUp ? TimeSpan.FromSeconds(warmUp) : defaults.WarmUp,
        Rate = given.GetValue(Rate),
        Connections = given.GetValue(Connections) ?? defaults.Connections,
        Silos = given.GetValue(Silos) ?? defaults.Silos,
        Generations = given.GetValue(Generations) ?? given.GetValue(Orders) ?? defaults.Generations,
        Entries = given.GetValue(Entries) ?? defaults.Entries,
        Only = given.GetValue(Only),
        HeldGigabytes = given.GetValue(HeldGigabytes) ?? defaults.HeldGigabytes,
        Seed = given.GetValue(Seed) ?? defaults.Seed,
        Kills = given.GetValue(Kills) ?? defaults.Kills,
        Over = given.GetValue(Over) ?? defaults.Over,
        Minutes = given.GetValue(Minutes) ?? defaults.Minutes,
        Round = given.GetValue(Round) is { } round ? TimeSpan.FromSeconds(round) : defaults.Round,
    };

    private static Option<T?> Number<T>(string name, string description, T least)
        where T : struct, INumber<T>
    {
        var option = new Option<T?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<T?>() < least)
            {
                result.AddError($"{name} is at least {least}.");
            }
        });
        return option;
    }

    private static Option<int[]?> List(string name, string description, int most = int.MaxValue) => new(name)
    {
        Description = description,
        HelpName = "N,N,...",
        CustomParser = result => Numbers(result, $"{name} is numbers from 1 to {most} with commas between them.", most),
    };

    private static int[]? Numbers(ArgumentResult result, string otherwise, int most)
    {
        List<int> numbers = [];
        foreach (var part in result.Tokens.Single().Value.Split(','))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1
                || number > most)
            {
                result.AddError(otherwise);
                return null;
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }
}
