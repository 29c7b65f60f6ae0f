using BenchmarkDotNet.Attributes;
using VideoGen.Silo.Backends.HuggingFace.Providers;
using VideoGen.Silo.Backends.HuggingFace.Verdicts;
using VideoGen.Silo.Backends.Refusals;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Benchmarks.HotPaths;

/// <summary>The classifier of what a provider answered to a submit, parsing included.</summary>
[MemoryDiagnoser]
public class VerdictBenchmark
{
    private static readonly Dictionary<string, string> NoHeaders = [];
    private readonly VideoProvider _provider = new FalAi();
    private readonly ProviderModel _model = new("fal-ai/wan/v2.2-a14b/image-to-video");
    private readonly ProviderErrors _errors = new("fal-ai", "fal-ai", "a/b", UpstreamKeys.Old);

    [Params(200, 422, 429, 502)]
    public int Status { get; set; }

    [Benchmark]
    public object Submit() => SubmitVerdict.Of(
        new Exchange.Reply(Status, NoHeaders, """{"request_id":"1","detail":"busy","status_url":"https://queue.example/r/1/status"}"""),
        _provider, _model, _errors, Samples.Now);
}
