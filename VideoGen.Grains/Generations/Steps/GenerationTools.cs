using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Media;
using VideoGen.Grains.Notifications;
using VideoGen.Grains.Quotas;
using VideoGen.Grains.Submits;
using VideoGen.Grains.Telemetry;
using VideoGen.Grains.Video;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>The services that all generations of a process share.</summary>
internal sealed class GenerationTools(
    IVideoBackends backends, IMediaStore media, IVideoProcessor processor, IResumer resumer,
    IGenerationNotifications notifications, SubmitSenders senders, ISubmitRecords records, GenerationTelemetry telemetry,
    IOptions<GenerationOptions> options, IOptions<QuotaOptions> limits, TimeProvider time, ILoggerFactory loggers)
{
    public IVideoBackends Backends => backends;
    public IMediaStore Media => media;
    public IVideoProcessor Processor => processor;
    public IResumer Resumer => resumer;
    public IGenerationNotifications Notifications => notifications;
    public SubmitSenders Senders => senders;
    public ISubmitRecords Records => records;
    public GenerationTelemetry Telemetry => telemetry;
    public GenerationOptions Options => options.Value;
    public QuotaOptions Limits => limits.Value;
    public TimeProvider Time => time;

    /// <summary>One log category for the life of a generation.</summary>
    public ILogger Log { get; } = loggers.CreateLogger("VideoGen.Generations");
}
