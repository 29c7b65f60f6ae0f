using System.Text.Json;
using BenchmarkDotNet.Attributes;
using VideoGen.Grains.Generations.Ledger;

namespace VideoGen.Benchmarks.HotPaths;

/// <summary>The five transitions of a life, and the form in which the store keeps its end.</summary>
[MemoryDiagnoser]
public class StateBenchmark
{
    private readonly Generation _accepted = Samples.Accepted();
    private readonly Generation _completed = Samples.Complete(Samples.Accepted());
    private byte[] _stored = [];

    [GlobalSetup]
    public void Store() => _stored = Serialize();

    [Benchmark]
    public object Transitions() => Samples.Complete(_accepted);

    [Benchmark]
    public object Snapshot() => Samples.Snapshot(_completed);

    [Benchmark]
    public byte[] Serialize() => JsonSerializer.SerializeToUtf8Bytes(_completed);

    [Benchmark]
    public object? Deserialize() => JsonSerializer.Deserialize<Generation>(_stored);
}
