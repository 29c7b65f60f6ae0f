using System.Collections.Immutable;
using Orleans.Concurrency;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.RenderSlots;

/// <summary>Says how the upstreams stand. It keeps nothing: every silo answers for itself; the key means nothing.</summary>
[GrainInterfaceType("videogen.upstreams")]
public interface IUpstreamsGrain : IGrainWithStringKey
{
    /// <summary>The one key that is used.</summary>
    const string Key = "any";

    /// <summary>What is paused now, of the upstream that new orders go to.</summary>
    [Alias("get-pauses"), AlwaysInterleave, ResponseTimeout("00:00:02.5")]
    Task<ImmutableArray<PausedUpstream>> GetPausesAsync();
}

/// <summary>
/// What an upstream refused about more than one order: a code of <see cref="GenerationErrorCode"/>; a sentence for people,
/// without secrets; the model that it is about, or null for the whole account; and after what time the upstream wants to be asked
/// again.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.upstream-pause")]
public sealed record UpstreamPause(string Reason, string Message, string? Model = null, TimeSpan? RetryAfter = null);

/// <summary>A queue, or the part of it for one model, that is paused since then.</summary>
[GenerateSerializer, Immutable, Alias("videogen.paused-upstream")]
public sealed record PausedUpstream(string Backend, UpstreamPause Pause, DateTimeOffset Since);
