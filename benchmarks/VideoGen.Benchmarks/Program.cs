using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using VideoGen.Benchmarks.History;
using VideoGen.Benchmarks.HotPaths;

// history [entries…]: both history designs on Redis and on the embedded store. store <folder>: only the embedded store.
// hot [--filter *Answer*]: the pure hot paths.
switch (args)
{
    case ["store", var folder]:
        await StoreProcess.RunEmbeddedAsync(folder);
        break;
    case ["history", .. var sizes]:
        await HistoryBenchmark.RunAsync(sizes is [] ? [1_000, 100_000, 1_000_000] : [.. sizes.Select(int.Parse)]);
        break;
    case ["hot", .. var filter]:
        var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        BenchmarkSwitcher.FromAssembly(typeof(StateBenchmark).Assembly).Run(filter is [] ? ["--filter", "*"] : filter, config);
        break;
    default:
        Console.Error.WriteLine("Say: history [entries…] or hot [--filter *Answer*]");
        return 2;
}

return 0;
