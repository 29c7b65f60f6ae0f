using System.Text.Json;
using BenchmarkDotNet.Attributes;
using VideoGen.Api.Generations;
using VideoGen.Api.Hosting;
using VideoGen.Api.Live;
using VideoGen.Grains.Contracts;

namespace VideoGen.Benchmarks.HotPaths;

/// <summary>What is written for a status read, tag included, and for a list of ten.</summary>
[MemoryDiagnoser]
public class AnswerBenchmark
{
    private readonly GenerationSnapshot _completed = Samples.Snapshot(Samples.Complete(Samples.Accepted()));

    [Benchmark]
    public object Status() => GenerationAnswer.Of(_completed);

    [Benchmark]
    public byte[] ListOfTen() => JsonSerializer.SerializeToUtf8Bytes(
        (IReadOnlyList<GenerationResource>)[.. Enumerable.Range(0, 10).Select(_ => GenerationResource.From(_completed))],
        ApiJson.Readable.IReadOnlyListGenerationResource);
}
