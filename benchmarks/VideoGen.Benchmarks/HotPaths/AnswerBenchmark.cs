using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Api.Authentication;
using VideoGen.Api.Generations;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Benchmarks.HotPaths;

/// <summary>What is written for a status read, tag included, and for a list of ten.</summary>
[MemoryDiagnoser]
public class AnswerBenchmark
{
    private static readonly MediaLinks Links = WithoutKeys();

    private readonly GenerationSnapshot _completed = Samples.Snapshot(Samples.Complete(Samples.Accepted()));

    [Benchmark]
    public object Status() => GenerationAnswer.Of(_completed, Links);

    [Benchmark]
    public byte[] ListOfTen() => JsonSerializer.SerializeToUtf8Bytes(
        (IReadOnlyList<GenerationResource>)[.. Enumerable.Range(0, 10).Select(_ => GenerationResource.From(_completed, Links))],
        GenerationJson.Readable.IReadOnlyListGenerationResource);

    private static MediaLinks WithoutKeys()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddApiKeys();
        return builder.Build().Services.GetRequiredService<MediaLinks>();
    }
}
