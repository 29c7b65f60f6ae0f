using System.Text.Json;
using BenchmarkDotNet.Attributes;
using VideoGen.Grains.History;
using VideoGen.Grains.RenderSlots;

namespace VideoGen.Benchmarks.HotPaths;

/// <summary>What grows with the number of generations: the queue of a budget. And what must not: the head of a history.</summary>
[MemoryDiagnoser]
public class SizeBenchmark
{
    private SlotQueue _budget = SlotQueue.Empty;
    private HistoryState _head = new();

    [Params(10, 10_000, 1_000_000)]
    public int Generations { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        for (var number = 0; number < Generations; number++)
        {
            _budget = _budget.Join(Id(number), Samples.Now.AddSeconds(number));
            _head = _head.Append(Id(number), Samples.Now, out _);
            _head = _head.FullChunk() is { } full ? _head.Seal(full) : _head;
        }
    }

    [Benchmark]
    public object JoinQueue() => _budget.Join("new", Samples.Now.AddYears(1));

    [Benchmark]
    public int PlaceInQueue() => _budget.PositionOf(Id(Generations / 2));

    [Benchmark]
    public object GrantNext() => _budget.Grant(1);

    [Benchmark]
    public byte[] AppendAndStore() => JsonSerializer.SerializeToUtf8Bytes(_head.Append("new", Samples.Now, out _));

    private static string Id(int number) => $"00000000-0000-7000-8000-{number:x12}";
}
