using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Media;
using VideoGen.Grains.Quotas;
using VideoGen.Grains.RenderSlots;
using VideoGen.Grains.Storyboards.Join;
using VideoGen.Grains.Video;

namespace VideoGen.Grains.Storyboards.Steps;

/// <summary>The services that all storyboards of a process share.</summary>
internal sealed class StoryboardTools(
    IVideoBackends backends, IMediaStore media, IImageIntake intake, IVideoJoiner joiner, IVideoProcessor processor,
    IOptions<QuotaOptions> quotas, IOptions<RenderSlotOptions> slots, TimeProvider time, ILoggerFactory loggers)
{
    public IVideoBackends Backends => backends;
    public IMediaStore Media => media;
    public IImageIntake Intake => intake;
    public IVideoJoiner Joiner => joiner;
    public QuotaOptions Quotas => quotas.Value;
    public int MaxUnfinished => slots.Value.MaxUnfinished;
    public TimeProvider Time => time;

    public StoryboardJoin Join { get; } = new(media, joiner, processor);

    /// <summary>One log category for the life of a storyboard.</summary>
    public ILogger Log { get; } = loggers.CreateLogger("VideoGen.Storyboards");
}
