using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Allowances;
using VideoGen.Grains.Ports;
using VideoGen.Grains.Submits;
using VideoGen.Grains.Telemetry;

namespace VideoGen.Grains.Generations;

/// <summary>What every generation of a process works with.</summary>
internal sealed class GenerationTools(
    IVideoBackends backends, IMediaStore media, IVideoProcessor processor, IResumer resumer, IGenerationNews news,
    SubmitSenders senders, ISubmitRecords records, GenerationTelemetry telemetry, IOptions<GenerationOptions> options,
    IOptions<AllowanceOptions> limits, TimeProvider time, ILogger<GenerationGrain> logger)
{
    public IVideoBackends Backends => backends;
    public IMediaStore Media => media;
    public IVideoProcessor Processor => processor;
    public IResumer Resumer => resumer;
    public IGenerationNews News => news;
    public SubmitSenders Senders => senders;
    public ISubmitRecords Records => records;
    public GenerationTelemetry Telemetry => telemetry;
    public GenerationOptions Options => options.Value;
    public AllowanceOptions Limits => limits.Value;
    public TimeProvider Time => time;
    public ILogger Log => logger;
}
