using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using VideoGen.Benchmarks.HotPaths;

// hot [--filter *Answer*]: the pure hot paths.
if (args is not ["hot", .. var filter])
{
    Console.Error.WriteLine("Usage: hot [--filter *Answer*]");
    return 2;
}

var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(StateBenchmark).Assembly).Run(filter is [] ? ["--filter", "*"] : filter, config);
return 0;
